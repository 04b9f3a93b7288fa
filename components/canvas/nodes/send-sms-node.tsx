'use client';
/** How an SMS looks on the canvas. */
import { IconMessage } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const sendSmsIcon = IconMessage;
export const SendSmsNode = memo(function SendSmsNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconMessage} />;
});
