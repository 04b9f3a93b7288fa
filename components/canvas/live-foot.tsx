'use client';
/** The foot of a card in a journey that runs: people here, passed, stopped. On one customer's path it says when they were here instead. */
import { useFormats } from '#components/use-formats.ts';
import { useCanvas } from './canvas-store.ts';
import classes from './canvas.module.css';
import { passedThrough } from './passed-by.ts';
import { useSpeech } from './speech-context.tsx';

export function LiveFoot({ id }: { id: string }) {
  const { words } = useSpeech();
  const { number, dateTime } = useFormats();
  const figures = useCanvas((state) => (state.figures ? (state.figures.nodes[id] ?? null) : null));
  const passed = useCanvas((state) => passedThrough(state, id));
  const visits = useCanvas((state) => state.path?.passed[id] ?? 0);
  const lastAt = useCanvas((state) => state.path?.lastAt[id]);
  const isHere = useCanvas((state) => state.path?.here === id);
  if (lastAt) {
    return <div className={classes.foot}><span>{isHere ? words('path.now') : words('path.visits', { count: visits })}</span><span>{dateTime(lastAt)}</span></div>;
  }
  if (!figures) return null;
  return (
    <div className={classes.foot}>
      <span title={words('live.hereTitle')}><b>{number(figures.waiting)}</b> {words('live.here')}</span>
      <span title={words('live.passedTitle')}><b>{number(passed)}</b> {words('live.passed')}</span>
      <span title={words('live.stoppedTitle')} data-some={figures.stopped > 0 || undefined}><b>{number(figures.stopped)}</b> {words('live.stopped')}</span>
    </div>
  );
}
