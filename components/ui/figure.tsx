/** A number with its name, its unit, what it means on hover, and the way to the rows behind it. */
import { Tooltip } from '@mantine/core';
import Link from 'next/link';
import classes from '#components/ui/ui.module.css';

export function Figure({ label, value, unit, definition, href }: { label: string; value: string; unit?: string; definition?: string; href?: string }) {
  const shown = <>{value}{unit && <span className={classes.figureUnit}>{unit}</span>}</>;
  return (
    <div className={classes.figure}>
      <Tooltip label={definition ?? label} disabled={!definition} multiline maw={280}><span className={classes.figureLabel}>{label}</span></Tooltip>
      {href ? <Link href={href} className={classes.figureValue}>{shown}</Link> : <span className={classes.figureValue}>{shown}</span>}
    </div>
  );
}
