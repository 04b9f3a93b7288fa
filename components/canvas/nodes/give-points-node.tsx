'use client';
/** How points given looks on the canvas. */
import { IconCoins } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const givePointsIcon = IconCoins;
export const GivePointsNode = memo(function GivePointsNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconCoins} />;
});
