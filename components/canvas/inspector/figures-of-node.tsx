'use client';
/** The figures of one step: people here, passed by each way out, stopped, capped, and what became of its messages. */
import { useTranslations } from 'next-intl';
import { useShortReason } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { portName } from '#components/canvas/sentences.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import classes from './inspector.module.css';

export function FiguresOfNode({ id }: { id: string }) {
  const speech = useSpeech();
  const { number } = useFormats();
  const statuses = useTranslations('messages.statuses');
  const why = useShortReason();
  const node = useCanvas((state) => state.nodes[id] ?? null);
  const figures = useCanvas((state) => state.figures?.nodes[id]);
  if (!figures) return null;
  const status = (name: string): string => (statuses.has(name) ? statuses(name) : name);
  const lines: [string, number][] = [
    [speech.words('live.hereTitle'), figures.waiting],
    ...Object.entries(figures.passed).filter(([port]) => port !== '').map(([port, count]): [string, number] => [`${speech.words('live.passed')} · ${portName(node, port, speech)}`, count]),
    [speech.words('live.stoppedTitle'), figures.stopped],
    ...figures.messages.map(({ status: name, count, reason }): [string, number] => [[speech.words('foot.messages'), status(name), reason === null ? null : why(reason)].filter(Boolean).join(' · '), count]),
  ];
  return <dl className={classes.figures}>{lines.map(([label, count], index) => <div key={index}><dt>{label}</dt><dd>{number(count)}</dd></div>)}</dl>;
}
