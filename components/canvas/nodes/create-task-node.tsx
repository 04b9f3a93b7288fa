'use client';
/** How a task for the staff looks on the canvas. */
import { IconClipboardCheck } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const createTaskIcon = IconClipboardCheck;
export const CreateTaskNode = memo(function CreateTaskNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconClipboardCheck} />;
});
