'use client';
/** How a wait for an event looks on the canvas. */
import { IconCalendarClock } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const waitForEventIcon = IconCalendarClock;
export const WaitForEventNode = memo(function WaitForEventNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconCalendarClock} />;
});
