/** Things by how often, as a table whose cells hold a bar; of one run or of two beside each other. */
import classes from '#components/ui/charts.module.css';

export type BarLine = { label: string; values: number[] };

export function BarList({ label, lines, names, nothing, format }: { label: string; lines: BarLine[]; names: string[]; nothing: string; format: (value: number) => string }) {
  const highest = Math.max(1, ...lines.flatMap(({ values }) => values));
  if (lines.length === 0) return <div className={classes.chart}><b>{label}</b><p className="quiet">{nothing}</p></div>;
  return (
    <div className={classes.chart}>
      <table className={classes.list}>
        <caption>{label}</caption>
        {names.length > 1 && <thead><tr><td />{names.map((name, index) => <th key={index} scope="col">{name}</th>)}</tr></thead>}
        <tbody>
          {lines.map((line) => (
            <tr key={line.label}>
              <th scope="row">{line.label}</th>
              {names.map((_, run) => <td key={run}><span className={classes.bar} style={{ width: `${(70 * (line.values[run] ?? 0)) / highest}%`, opacity: run > 0 ? 0.45 : 1 }} />{format(line.values[run] ?? 0)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
