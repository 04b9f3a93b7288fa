'use client';
/** How a call looks on the canvas. */
import { IconPhoneCall } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const sendCallIcon = IconPhoneCall;
export const SendCallNode = memo(function SendCallNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconPhoneCall} />;
});
