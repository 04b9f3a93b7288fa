'use client';
/** What a simulation adds up to, alone or beside another: volume per day and channel, refusals by reason, pressure over customers, each journey's funnel. */
import { Anchor } from '@mantine/core';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useShortReason } from '#components/reason-sentence.ts';
import { BarChart } from '#components/ui/bar-chart.tsx';
import { BarList, type BarLine } from '#components/ui/bar-list.tsx';
import { useChannelName } from '#components/use-channel-name.ts';
import { useFormats } from '#components/use-formats.ts';
import { messagesLeft, type Simulation, type SimulationResult } from './simulation-api.ts';
import classes from './simulations.module.css';

export type Shown = { simulation: Simulation; result: SimulationResult; name: string };

const DAY_MS = 86_400_000;
/** Days of two runs are laid over each other by how far they are from their beginnings; both are days of the workspace's zone. */
const dayOf = (from: string, day: string): number => Math.floor((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
const seen = <T,>(values: T[]): T[] => [...new Set(values)];

function Volume({ shown }: { shown: Shown[] }) {
  const t = useTranslations('simulate');
  const formats = useFormats();
  const channelName = useChannelName();
  const channels = seen(shown.flatMap(({ result }) => result.volume.map(({ channel }) => channel))).sort();
  const last = Math.max(0, ...shown.map(({ simulation: { from, to } }) => dayOf(formats.dayKey(from), formats.dayKey(to))));
  const days = Array.from({ length: last + 1 }, (_, day) => day);
  const start = Date.parse(`${shown[0] ? formats.dayKey(shown[0].simulation.from) : ''}T12:00:00Z`);
  const runs = shown.map(({ name, simulation, result }) => ({
    name, series: channels.map((channel) => ({
      name: channelName(channel), values: days.map((day) => result.volume.filter((line) => line.channel === channel && dayOf(formats.dayKey(simulation.from), line.day) === day).reduce((sum, { messages }) => sum + messages, 0)),
    })),
  }));
  return <BarChart label={t('volume')} columnHeader={t('day')} columns={days.map((day) => (shown.length > 1 ? t('dayNumber', { number: day + 1 }) : formats.date(start + day * DAY_MS)))} runs={runs} format={formats.number} />;
}

function Spread({ shown }: { shown: Shown[] }) {
  const t = useTranslations('simulate');
  const { number } = useFormats();
  const counts = seen(shown.flatMap(({ result }) => result.spread.messages.map(({ received }) => received))).sort((a, b) => a - b);
  return <BarChart label={t('spread')} columnHeader={t('received')} columns={counts.map(number)} format={number}
    runs={shown.map(({ name, result }) => ({ name, series: [{ name: t('customers'), values: counts.map((count) => result.spread.messages.find(({ received }) => received === count)?.customers ?? 0) }] }))} />;
}

function Lists({ shown }: { shown: Shown[] }) {
  const t = useTranslations('simulate');
  const { number } = useFormats();
  const short = useShortReason();
  const names = shown.map(({ name }) => name);
  const linesOf = (read: (result: SimulationResult) => [string, number][]): BarLine[] => {
    const labels = seen(shown.flatMap(({ result }) => read(result).map(([label]) => label)));
    return labels.map((label) => ({ label, values: shown.map(({ result }) => read(result).filter(([own]) => own === label).reduce((sum, [, count]) => sum + count, 0)) })).sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  };
  const list = (label: string, nothing: string, read: (result: SimulationResult) => [string, number][]) => <BarList label={label} lines={linesOf(read)} names={names} nothing={nothing} format={number} />;
  return (
    <div className={classes.grid}>
      {list(t('refusals'), t('noRefusals'), ({ refusals }) => refusals.map(({ code, rule, messages }) => [rule ? `${short(code)} · ${rule}` : short(code), messages]))}
      {list(t('entriesRefused'), t('noEntriesRefused'), ({ entriesRefused }) => Object.entries(entriesRefused).map(([code, count]) => [short(code), count]))}
      {list(t('gives'), t('noGives'), ({ points, vouchers }) => [...points.map(({ programme, given }): [string, number] => [t('pointsOf', { programme }), given]), ...Object.entries(vouchers).map(([offer, count]): [string, number] => [t('vouchersOf', { offer }), count])])}
      {list(t('tasks'), t('noTasks'), ({ tasks = {} }) => Object.entries(tasks).map(([kind, count]) => [t(`taskKinds.${kind}`), count]))}
    </div>
  );
}

function Journeys({ shown: [first, second] }: { shown: Shown[] }) {
  const t = useTranslations('simulate');
  const { number } = useFormats();
  if (!first) return null;
  return (
    <section className={classes.panel} aria-label={t('funnels')}>
      <h2>{t('funnels')}</h2>
      {first.simulation.journeys.map(({ journeyId, name }) => {
        const of = (each: Shown | undefined) => each?.result.journeys.find((journey) => journey.journeyId === journeyId);
        const own = of(first);
        const other = of(second);
        const beside = (value: number | undefined, versus: number | undefined): string => (versus === undefined ? number(value ?? 0) : t('versus', { first: number(value ?? 0), second: number(versus) }));
        return (
          <div key={journeyId} className={classes.journey}>
            <h3>{name}</h3>
            <dl>
              <div><dt>{t('entered')}</dt><dd>{beside(own?.entered, other?.entered)}</dd></div>
              <div><dt>{t('inside')}</dt><dd>{beside(own?.inside, other?.inside)}</dd></div>
              {Object.entries(own?.endings ?? {}).map(([ending, count]) => {
                const [kind = '', detail] = ending.split(': ');
                return <div key={ending}><dt>{t(`endings.${kind}`)}{detail ? ` · ${detail}` : ''}</dt><dd>{beside(count, other && (other.endings[ending] ?? 0))}</dd></div>;
              })}
            </dl>
            <Anchor component={Link} href={`/journeys/${journeyId}?simulation=${first.simulation.id}`} size="sm">{t('onCanvas')}</Anchor>
          </div>
        );
      })}
    </section>
  );
}

export function SimulationResults({ shown }: { shown: Shown[] }) {
  const t = useTranslations('simulate');
  const { number } = useFormats();
  const figures: [string, (result: SimulationResult) => number][] = [['customers', ({ customers }) => customers], ['wasInside', ({ wasInside = 0 }) => wasInside], ['entered', ({ entered }) => entered], ['messagesLeft', messagesLeft], ['refusedInAll', ({ messages }) => messages.filter(({ status }) => status === 'suppressed').reduce((sum, line) => sum + line.messages, 0)]];
  return (
    <div className={classes.results}>
      <dl className={classes.figures}>{figures.map(([key, read]) => <div key={key}><dt>{t(key)}</dt>{shown.map(({ name, result }, index) => <dd key={name} data-second={index > 0 || undefined}>{number(read(result))}{shown.length > 1 && <small> {name}</small>}</dd>)}</div>)}</dl>
      <Volume shown={shown} />
      <Spread shown={shown} />
      <Lists shown={shown} />
      <Journeys shown={shown} />
    </div>
  );
}
