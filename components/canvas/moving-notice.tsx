'use client';
/** Steps that wait for their new place: the next «+» takes them. The way to move a branch without dragging. */
import { Button } from '@mantine/core';
import { IconArrowsMove } from '@tabler/icons-react';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { useSpeech } from './speech-context.tsx';

export function MovingNotice() {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const count = useCanvas((state) => state.moving.length);
  if (count === 0) return null;
  return (
    <div className={classes.pathNotice} role="status">
      <IconArrowsMove size={16} stroke={1.6} aria-hidden />
      <span>{words('moving.choose', { count })}</span>
      <Button variant="default" size="compact-xs" onClick={() => store.getState().set({ moving: [] })}>{words('moving.cancel')}</Button>
    </div>
  );
}
