'use client';
/** The figures of one step: people here and until when they wait, passed by each way out, stopped, capped, and what became of its messages. */
import { useTranslations } from 'next-intl';
import { useShortReason } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { passedBy } from '#components/canvas/passed-by.ts';
import { portName } from '#components/canvas/sentences.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import classes from './inspector.module.css';

export function FiguresOfNode({ id }: { id: string }) {
  const speech = useSpeech();
  const { number, dateTime } = useFormats();
  const t = useTranslations('understand.waiting');
  const passed = useCanvas((state) => passedBy(state, id));
  const statuses = useTranslations('messages.statuses');
  const why = useShortReason();
  const node = useCanvas((state) => state.nodes[id] ?? null);
  const figures = useCanvas((state) => state.figures?.nodes[id]);
  if (!figures) return null;
  const status = (name: string): string => (statuses.has(name) ? statuses(name) : name);
  const { wait } = figures;
  const lines: [string, number | string][] = [
    [speech.words('live.hereTitle'), figures.waiting],
    ...(wait?.next ? [[t('next'), dateTime(wait.next)] satisfies [string, string]] : []),
    ...(wait?.last && wait.last !== wait.next ? [[t('last'), dateTime(wait.last)] satisfies [string, string]] : []),
    ...(wait && wait.endless > 0 ? [[t('endless'), wait.endless] satisfies [string, number]] : []),
    ...Object.entries(passed ?? {}).filter(([port]) => port !== '').map(([port, count]): [string, number] => [`${speech.words('live.passed')} · ${portName(node, port, speech)}`, count]),
    [speech.words('live.stoppedTitle'), figures.stopped],
    ...figures.messages.map(({ status: name, count, reason }): [string, number] => [[speech.words('foot.messages'), status(name), reason === null ? null : why(reason)].filter(Boolean).join(' · '), count]),
  ];
  return <dl className={classes.figures}>{lines.map(([label, count], index) => <div key={index}><dt>{label}</dt><dd>{typeof count === 'number' ? number(count) : count}</dd></div>)}</dl>;
}
