'use client';
/** How a way into another journey looks on the canvas. */
import { IconArrowRampRight } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const joinJourneyIcon = IconArrowRampRight;
export const JoinJourneyNode = memo(function JoinJourneyNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconArrowRampRight} />;
});
