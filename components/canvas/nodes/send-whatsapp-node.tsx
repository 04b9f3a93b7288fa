'use client';
/** How a WhatsApp message looks on the canvas. */
import { IconBrandWhatsapp } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const sendWhatsappIcon = IconBrandWhatsapp;
export const SendWhatsappNode = memo(function SendWhatsappNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconBrandWhatsapp} />;
});
