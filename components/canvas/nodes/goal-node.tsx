'use client';
/** How a goal looks on the canvas. */
import { IconTarget } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const goalIcon = IconTarget;
export const GoalNode = memo(function GoalNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconTarget} />;
});
