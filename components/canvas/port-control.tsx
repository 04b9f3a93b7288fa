'use client';
/** The ways out under a card: a handle to draw a connection from, and, where nothing follows, the branch's name and a «+». */
import { Handle, Position } from '@xyflow/react';
import { IconPlus } from '@tabler/icons-react';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { portName } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';

const FEW_PORTS = 4;

export function PortControl({ nodeId, port, index, of, isOpen, reachable }: { nodeId: string; port: string; index: number; of: number; isOpen: boolean; reachable: boolean }) {
  const speech = useSpeech();
  const store = useCanvasStore();
  const node = useCanvas((state) => state.nodes[nodeId] ?? null);
  const readOnly = useCanvas((state) => state.readOnly);
  const left = `${((index + 0.5) / of) * 100}%`;
  const name = portName(node, port, speech);
  const add = (target: HTMLElement): void => {
    const { left: x, bottom: y } = target.getBoundingClientRect();
    store.getState().set({ adding: { port: { nodeId, port }, x, y } });
  };
  return (
    <>
      <Handle type="source" position={Position.Bottom} id={port} style={{ left }} className={classes.handle} isConnectable={!readOnly} title={name} data-testid={`out-${nodeId}-${port}`} />
      {isOpen && (
        <div className={classes.openPort} style={{ left }} data-port={port} data-port-node={nodeId}>
          {of > 1 && of <= FEW_PORTS && <span className={classes.chip}>{name}</span>}
          {!readOnly && (
            <button type="button" className={`${classes.plus} nodrag nopan`} tabIndex={reachable ? 0 : -1} aria-label={speech.words('add.here', { port: name })} onClick={(event) => add(event.currentTarget)}>
              <IconPlus size={14} stroke={2} aria-hidden />
            </button>
          )}
        </div>
      )}
    </>
  );
}
