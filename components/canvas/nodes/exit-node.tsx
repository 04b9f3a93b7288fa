'use client';
/** How an end of the journey looks on the canvas. */
import { IconFlag } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const exitIcon = IconFlag;
export const ExitNode = memo(function ExitNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconFlag} />;
});
