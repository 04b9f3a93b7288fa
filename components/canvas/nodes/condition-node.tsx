'use client';
/** How a condition looks on the canvas. */
import { IconArrowsSplit2 } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const conditionIcon = IconArrowsSplit2;
export const ConditionNode = memo(function ConditionNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconArrowsSplit2} />;
});
