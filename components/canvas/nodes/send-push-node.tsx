'use client';
/** How a notification looks on the canvas. */
import { IconBellRinging } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const sendPushIcon = IconBellRinging;
export const SendPushNode = memo(function SendPushNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconBellRinging} />;
});
