'use client';
/** Beside the canvas: the steps to add, or the outline in step with what is drawn. */
import { SegmentedControl } from '@mantine/core';
import classes from './canvas.module.css';
import { Outline } from './outline.tsx';
import { Palette } from './palette.tsx';
import { useSpeech } from './speech-context.tsx';

export type Side = 'steps' | 'outline';

export function Sidebar({ side, onSide, readOnly }: { side: Side; onSide: (side: Side) => void; readOnly: boolean }) {
  const { words } = useSpeech();
  return (
    <div className={classes.sidebar} data-side={readOnly ? 'outline' : side}>
      {!readOnly && <SegmentedControl size="xs" fullWidth aria-label={words('header.side')} value={side} onChange={(value) => onSide(value === 'outline' ? 'outline' : 'steps')} data={[{ value: 'steps', label: words('header.steps') }, { value: 'outline', label: words('header.outlineView') }]} />}
      {side === 'outline' || readOnly ? <div className={classes.sideOutline}><Outline /></div> : <Palette />}
    </div>
  );
}
