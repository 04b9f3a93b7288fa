'use client';
/** How a change of tags looks on the canvas. */
import { IconTag } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const changeTagIcon = IconTag;
export const ChangeTagNode = memo(function ChangeTagNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconTag} />;
});
