'use client';
/** The figures of the journey, of now or of a day of the last thirty: a slider chooses the day, and the canvas shows it. */
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useShortReason } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import own from './figures-panel.module.css';
import { journeyApi, type JourneyDay } from './journey-api.ts';
import { useSpeech } from './speech-context.tsx';
import { useDayText } from './use-day-text.ts';

type Line = { label: string; now?: number; today?: number; allTime?: number };

/** Counts of today beside those of all time, in the order of all time: what happened today is in both. */
function FigureTable() {
  const days = useTranslations('understand.days');
  const isPast = useCanvas((state) => state.day !== null);
  const { words } = useSpeech();
  const { number } = useFormats();
  const why = useShortReason();
  const figures = useCanvas((state) => state.figures);
  if (!figures) return <p className="quiet">{words('foot.figuresEmpty')}</p>;
  const { today } = figures;
  const criterion = (detail: string): string => detail.replace(/^criterion (\d+)$/, (_, place: string) => words('foot.criterion', { number: place }));
  const detailOf = (ending: string, detail: string | null): string | null => (detail === null ? null : ending === 'failed' ? why(detail) : criterion(detail));
  const lines: Line[] = [
    { label: words('live.inside'), now: figures.inside },
    { label: words('live.entered'), today: today.entered, allTime: figures.entered },
    ...figures.endings.map(({ ending, detail, count }): Line => ({
      label: [words(`ending.${ending}`), detailOf(ending, detail)].filter(Boolean).join(' · '), allTime: count, today: today.endings.find((one) => one.ending === ending && one.detail === detail)?.count ?? 0,
    })),
    ...figures.refusedEntries.map(({ code, count }): Line => ({ label: `${words('foot.refusedEntries')} · ${why(code)}`, allTime: count, today: today.refusedEntries.find((one) => one.code === code)?.count ?? 0 })),
  ];
  const cell = (count: number | undefined) => <td>{count === undefined ? '' : number(count)}</td>;
  return (
    <table className={classes.figureTable}>
      <thead><tr><th scope="col">{words('foot.what')}</th><th scope="col">{isPast ? days('atEnd') : words('foot.now')}</th><th scope="col">{isPast ? days('onDay') : words('foot.today')}</th><th scope="col">{isPast ? days('untilThen') : words('foot.allTime')}</th></tr></thead>
      <tbody>{lines.map(({ label, now, today: count, allTime }) => <tr key={label}><th scope="row">{label}</th>{cell(now)}{cell(count)}{cell(allTime)}</tr>)}</tbody>
    </table>
  );
}

/** What moved each day, as bars behind the slider; said in words by its value. */
function Bars({ days, shown }: { days: readonly JourneyDay[]; shown: number }) {
  const highest = Math.max(1, ...days.map(({ entered, left, failed }) => Math.max(entered, left + failed)));
  const height = (count: number): string => `${(100 * count) / highest}%`;
  return (
    <div className={own.bars} aria-hidden>
      {days.map(({ date, entered, left, failed }, index) => <span key={date} data-shown={index === shown || undefined}><i style={{ height: height(entered) }} data-kind="entered" /><i style={{ height: height(left + failed) }} data-kind="left" /></span>)}
    </div>
  );
}

function DaySlider() {
  const t = useTranslations('understand.days');
  const { words } = useSpeech();
  const dayText = useDayText();
  const store = useCanvasStore();
  const journeyId = useCanvas((state) => state.journeyId);
  const day = useCanvas((state) => state.day);
  const span = useCanvas((state) => state.span);
  const { data: days } = useQuery({ queryKey: ['designer', journeyId, 'days'], queryFn: () => journeyApi.days(journeyId), staleTime: 60_000 });
  if (!days) return null;
  const last = days.length - 1;
  const place = day === null ? last : Math.max(0, days.findIndex(({ date }) => date === day));
  const shown = days[place];
  const text = shown ? t('day', { ...shown, date: dayText(shown.date) }) : '';
  return (
    <div className={own.days}>
      <div className={own.chart}>
        <Bars days={days} shown={place} />
        <input type="range" min={0} max={last} value={place} aria-label={t('slider')} aria-valuetext={text} onChange={({ currentTarget: { value } }) => store.getState().set({ day: Number(value) === last ? null : (days[Number(value)]?.date ?? null) })} />
        <p className="quiet" aria-hidden>{text}</p>
      </div>
      <SegmentedControl size="xs" aria-label={t('onCanvas')} value={span} onChange={(value) => store.getState().set({ span: value === 'day' ? 'day' : 'all' })}
        data={[{ value: 'all', label: day === null ? t('allTime') : t('untilThen') }, { value: 'day', label: day === null ? words('foot.today') : t('onDay') }]} />
    </div>
  );
}

export function FiguresPanel() {
  const { words } = useSpeech();
  const hasFigures = useCanvas((state) => state.figures !== null);
  if (!hasFigures) return <p className="quiet">{words('foot.figuresEmpty')}</p>;
  return <><DaySlider /><FigureTable /></>;
}
