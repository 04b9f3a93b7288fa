'use client';
/** How an e-mail looks on the canvas. */
import { IconMail } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const sendEmailIcon = IconMail;
export const SendEmailNode = memo(function SendEmailNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconMail} />;
});
