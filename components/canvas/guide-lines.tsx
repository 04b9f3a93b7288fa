'use client';
/** Draws the helper lines of a card that is being moved, one pixel wide at any zoom. */
import { useViewport, ViewportPortal } from '@xyflow/react';
import classes from './canvas.module.css';
import type { Line } from './helper-lines.ts';

const REACH = 24;

export function GuideLines({ lines }: { lines: readonly Line[] }) {
  const { zoom } = useViewport();
  const thin = 1 / zoom;
  return (
    <ViewportPortal>
      {lines.map(({ axis, at, from, to }) => (
        <div key={axis} data-guide={axis} className={classes.guide} style={axis === 'x' ? { transform: `translate(${at}px, ${from - REACH}px)`, width: thin, height: to - from + 2 * REACH } : { transform: `translate(${from - REACH}px, ${at}px)`, width: to - from + 2 * REACH, height: thin }} />
      ))}
    </ViewportPortal>
  );
}
