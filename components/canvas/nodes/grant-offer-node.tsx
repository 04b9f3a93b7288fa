'use client';
/** How an offer given looks on the canvas. */
import { IconGift } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const grantOfferIcon = IconGift;
export const GrantOfferNode = memo(function GrantOfferNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconGift} />;
});
