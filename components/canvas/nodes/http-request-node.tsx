'use client';
/** How an HTTP request looks on the canvas. */
import { IconWorldUpload } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const httpRequestIcon = IconWorldUpload;
export const HttpRequestNode = memo(function HttpRequestNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconWorldUpload} />;
});
