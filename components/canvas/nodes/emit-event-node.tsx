'use client';
/** How an event that a journey makes looks on the canvas. */
import { IconBroadcast } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const emitEventIcon = IconBroadcast;
export const EmitEventNode = memo(function EmitEventNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconBroadcast} />;
});
