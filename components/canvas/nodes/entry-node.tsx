'use client';
/** The entry at the top of the canvas: what starts the journey, for whom, how often, what makes people leave early, and the goal. */
import { IconAlertTriangle, IconBolt, IconDoorExit, IconRepeat, IconTarget, IconUsers } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas, useCanvasStore } from '#components/canvas/canvas-store.ts';
import classes from '#components/canvas/canvas.module.css';
import { PortControl } from '#components/canvas/port-control.tsx';
import { describeEntry } from '#components/canvas/sentences.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';

export const entryIcon = IconBolt;

export const EntryNode = memo(function EntryNode(_: NodeProps) {
  const speech = useSpeech();
  const { number } = useFormats();
  const store = useCanvasStore();
  const journey = useCanvas((state) => state.drawing.journey);
  const problems = useCanvas((state) => state.problemsOf[ENTRY]?.length ?? 0);
  const isSelected = useCanvas((state) => state.selected.includes(ENTRY));
  const nothingSelected = useCanvas((state) => state.selected.length === 0);
  const figures = useCanvas((state) => state.figures);
  const counted = useCanvas((state) => (state.span === 'day' ? state.figures?.today : state.figures)) ?? null;
  const { sentence, detail, reentry, exits, goal } = describeEntry(journey, speech);
  const problemText = problems > 0 ? speech.words('canvas.problems', { count: problems }) : '';
  const lines = [{ Icon: IconUsers, text: detail }, { Icon: IconRepeat, text: reentry }, { Icon: IconDoorExit, text: exits }, { Icon: IconTarget, text: goal }];
  return (
    <div className={`${classes.card} ${classes.entry}`} data-family="entry" data-selected={isSelected || undefined} data-problem={problems > 0 || undefined}>
      <div role="button" tabIndex={isSelected || nothingSelected ? 0 : -1} data-card={ENTRY} className={classes.body}
        aria-label={[speech.words('canvas.node', { kind: speech.words('kind.entry'), sentence }), detail, reentry, exits, goal, problemText].filter(Boolean).join('. ')}
        onFocus={() => { if (!isSelected) store.getState().select([ENTRY]); }} onDoubleClick={() => store.getState().edit(ENTRY)}>
        <IconBolt size={18} stroke={1.6} className={classes.icon} aria-hidden />
        <span className={classes.text}>
          <span className={classes.sentence}>{sentence}</span>
          {lines.map(({ Icon, text }) => <span key={text} className={classes.entryLine}><Icon size={14} stroke={1.6} aria-hidden />{text}</span>)}
        </span>
        {problems > 0 && <span className={classes.problem} title={problemText}><IconAlertTriangle size={14} stroke={1.8} aria-hidden /></span>}
      </div>
      {figures && counted && (
        <div className={classes.foot}>
          <span><b>{number(counted.entered)}</b> {speech.words('live.entered')}</span>
          <span><b>{number(figures.inside)}</b> {speech.words('live.inside')}</span>
          <span><b>{number(counted.refusedEntries.reduce((sum, { count }) => sum + count, 0))}</b> {speech.words('live.refused')}</span>
        </div>
      )}
      <PortControl nodeId={ENTRY} port="next" index={0} of={1} isOpen={journey.entry.next === null} reachable={isSelected || nothingSelected} />
    </div>
  );
});
