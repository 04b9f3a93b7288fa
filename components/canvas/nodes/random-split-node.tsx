'use client';
/** How a random split looks on the canvas: with a bar of its shares. */
import { IconArrowsShuffle } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { NodeCard } from '#components/canvas/node-card.tsx';
import classes from '#components/canvas/canvas.module.css';

export const randomSplitIcon = IconArrowsShuffle;
export const RandomSplitNode = memo(function RandomSplitNode({ id }: NodeProps) {
  const node = useCanvas((state) => state.nodes[id]);
  return (
    <NodeCard id={id} icon={IconArrowsShuffle}>
      {node?.kind === 'randomSplit' && <div className={classes.shares} aria-hidden>{node.settings.branches.map(({ key, weight }) => <span key={key} style={{ flexGrow: weight }} />)}</div>}
    </NodeCard>
  );
});
