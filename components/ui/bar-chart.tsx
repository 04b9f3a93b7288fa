/** Bars in columns, stacked by series, of one run or of two side by side; the same figures as a table for whoever does not see them. */
import { useTranslations } from 'next-intl';
import classes from '#components/ui/charts.module.css';

export type BarSeries = { name: string; values: number[] };
export type BarRun = { name: string; series: BarSeries[] };

const HEIGHT = 160;
const WIDTH = 640;
/** With more columns than this only the first, the middle and the last are named. */
const MOST_NAMED = 6;
const COLOURS = ['var(--family-say)', 'var(--family-decide)', 'var(--family-give)', 'var(--family-entry)'];
const colourOf = (series: number): string => COLOURS[series % COLOURS.length] ?? 'var(--ink)';

/** A round figure at or above the highest bar. */
function ceilingOf(highest: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  return [1, 2, 5, 10].map((times) => times * step).find((round) => round >= highest) ?? highest;
}

function Stack({ series, column, x, width, ceiling, faint }: { series: BarSeries[]; column: number; x: number; width: number; ceiling: number; faint: boolean }) {
  let below = 0;
  return series.map(({ name, values }, index) => {
    const height = ((values[column] ?? 0) / ceiling) * HEIGHT;
    below += height;
    return height > 0 && <rect key={name} x={x} y={HEIGHT - below} width={width} height={height} fill={colourOf(index)} opacity={faint ? 0.45 : 1} />;
  });
}

export function BarChart({ label, columns, columnHeader, runs, format }: { label: string; columns: string[]; columnHeader: string; runs: BarRun[]; format: (value: number) => string }) {
  const t = useTranslations('ui');
  const total = ({ series }: BarRun, column: number): number => series.reduce((sum, { values }) => sum + (values[column] ?? 0), 0);
  const ceiling = ceilingOf(Math.max(1, ...runs.flatMap((run) => columns.map((_, column) => total(run, column)))));
  const room = WIDTH / Math.max(1, columns.length);
  const width = Math.max(1, Math.min(28, (room * 0.8) / runs.length));
  const named = (columns.length <= MOST_NAMED ? columns.map((_, column) => column) : [0, Math.floor((columns.length - 1) / 2), columns.length - 1]).filter((column, index, all) => column >= 0 && all.indexOf(column) === index);
  const keys = runs[0]?.series ?? [];
  return (
    <figure className={classes.chart}>
      <figcaption><b>{label}</b>{keys.length > 1 && keys.map(({ name }, index) => <span key={name}><i style={{ background: colourOf(index) }} />{name}</span>)}{runs.length > 1 && runs.map(({ name }, index) => <span key={name} className="quiet">{t(index === 0 ? 'chartFull' : 'chartFaint', { name })}</span>)}</figcaption>
      <div className={classes.plot}>
        <span className={classes.ceiling} aria-hidden>{format(ceiling)}</span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
          {[0, 0.5, 1].map((share) => <line key={share} x1={0} x2={WIDTH} y1={HEIGHT * share} y2={HEIGHT * share} stroke="var(--line)" vectorEffect="non-scaling-stroke" />)}
          {columns.map((column, index) => runs.map((run, place) => <Stack key={`${column} ${run.name} ${place}`} series={run.series} column={index} x={room * (index + 0.5) - (width * runs.length) / 2 + width * place} width={width} ceiling={ceiling} faint={place > 0} />))}
        </svg>
        <div className={classes.axis} data-few={columns.length <= MOST_NAMED || undefined} aria-hidden>{named.map((column) => <span key={column}>{columns[column]}</span>)}</div>
      </div>
      <details>
        <summary>{t('asTable')}</summary>
        <div className={classes.tableBox} role="region" aria-label={label} tabIndex={0}>
          <table>
            <thead><tr><th scope="col">{columnHeader}</th>{runs.flatMap((run) => run.series.map(({ name }) => <th key={`${run.name} ${name}`} scope="col">{runs.length > 1 ? `${name} · ${run.name}` : name}</th>))}</tr></thead>
            <tbody>{columns.map((column, index) => <tr key={column}><th scope="row">{column}</th>{runs.flatMap((run) => run.series.map(({ name, values }) => <td key={`${run.name} ${name}`}>{format(values[index] ?? 0)}</td>))}</tr>)}</tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
