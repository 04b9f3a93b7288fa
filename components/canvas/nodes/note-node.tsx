'use client';
/** A note on the canvas: a remark for those who draw, written in the inspector and read here. */
import { IconNote } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useCanvas, useCanvasStore } from '#components/canvas/canvas-store.ts';
import classes from '#components/canvas/canvas.module.css';
import { useSpeech } from '#components/canvas/speech-context.tsx';

export const NoteNode = memo(function NoteNode({ id }: NodeProps) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const note = useCanvas((state) => state.drawing.journey.notes?.find((each) => each.id === id));
  const isSelected = useCanvas((state) => state.selected.includes(id));
  if (!note) return null;
  return (
    <div className={classes.note} style={{ width: note.width }} data-selected={isSelected || undefined}>
      <div role="button" tabIndex={isSelected ? 0 : -1} data-card={id} className={classes.body} aria-label={words('note.label', { text: note.text || words('note.empty') })}
        onFocus={() => { if (!isSelected) store.getState().select([id]); }} onDoubleClick={() => store.getState().edit(id)}>
        <IconNote size={16} stroke={1.6} className={classes.icon} aria-hidden />
        <span className={classes.noteText}>{note.text || <span className="quiet">{words('note.empty')}</span>}</span>
      </div>
    </div>
  );
});
