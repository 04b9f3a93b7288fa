'use client';
/** A connection: the branch's name as a chip where it begins, how many took it, and a «+» in the middle that inserts a step. */
import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, type EdgeProps } from '@xyflow/react';
import { IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import { portsOf } from '#domain/journeys/operations/graph.ts';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { portKey } from './journey-path.ts';
import { passedOn } from './passed-by.ts';
import { portName } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';

export const BranchEdge = memo(function BranchEdge({ source, sourceHandleId, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }: EdgeProps) {
  const speech = useSpeech();
  const { number } = useFormats();
  const store = useCanvasStore();
  const port = sourceHandleId ?? 'next';
  const node = useCanvas((state) => state.nodes[source] ?? null);
  const readOnly = useCanvas((state) => state.readOnly);
  const taken = useCanvas((state) => (state.path ? (state.path.ports[portKey(source, port)] ?? 0) : null));
  const passed = useCanvas((state) => passedOn(state, source, port));
  const [path, middleX, middleY] = getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 6, offset: 32 });
  const branches = node !== null && portsOf(node).length > 1;
  const name = portName(node, port, speech);
  const add = (target: HTMLElement): void => {
    const { left: x, bottom: y } = target.getBoundingClientRect();
    store.getState().set({ adding: { port: { nodeId: source, port }, x, y } });
  };
  const chipText = [branches ? name : null, passed !== null && passed > 0 ? number(passed) : null].filter(Boolean).join(' · ');
  return (
    <>
      <BaseEdge path={path} interactionWidth={20} className={classes.edge} data-port={port} data-taken={taken === null ? undefined : taken > 0 ? 'yes' : 'no'} />
      <EdgeLabelRenderer>
        {chipText && <span className={`${classes.chip} ${classes.edgeChip}`} data-chip={`${source} ${port}`} style={{ transform: `translate(-50%, 0) translate(${sourceX}px, ${sourceY + 8}px)` }}>{chipText}</span>}
        {!readOnly && (
          <button type="button" tabIndex={-1} className={`${classes.plus} ${classes.edgePlus} nodrag nopan`} data-edge-port={port} data-edge-node={source} aria-label={`${speech.words('add.onEdge')} (${name})`}
            style={{ transform: `translate(-50%, -50%) translate(${middleX}px, ${Math.max(middleY, sourceY + 46)}px)` }} onClick={(event) => add(event.currentTarget)}>
            <IconPlus size={12} stroke={2} aria-hidden />
          </button>
        )}
      </EdgeLabelRenderer>
    </>
  );
});
