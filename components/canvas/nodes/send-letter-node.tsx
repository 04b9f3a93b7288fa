'use client';
/** How a letter looks on the canvas. */
import { IconMailbox } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const sendLetterIcon = IconMailbox;
export const SendLetterNode = memo(function SendLetterNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconMailbox} />;
});
