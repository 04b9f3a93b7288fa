'use client';
/** How a wait looks on the canvas. */
import { IconHourglass } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const waitIcon = IconHourglass;
export const WaitNode = memo(function WaitNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconHourglass} />;
});
