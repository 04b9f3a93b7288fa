'use client';
/** How a pressure check looks on the canvas. */
import { IconGauge } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { NodeCard } from '#components/canvas/node-card.tsx';

export const pressureCheckIcon = IconGauge;
export const PressureCheckNode = memo(function PressureCheckNode({ id }: NodeProps) {
  return <NodeCard id={id} icon={IconGauge} />;
});
