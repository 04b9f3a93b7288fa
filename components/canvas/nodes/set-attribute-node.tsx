'use client';
/** How a changed attribute looks on the canvas. */
import { IconPencil } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const setAttributeIcon = IconPencil;
export const SetAttributeNode = memo(function SetAttributeNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconPencil} />;
});
