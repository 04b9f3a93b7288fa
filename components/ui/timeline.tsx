'use client';
/** Things that happened, by day, newest first; a line with details opens to them. */
import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import classes from '#components/ui/ui.module.css';
import { useFormats } from '#components/use-formats.ts';

export type TimelineEntry = { id: string; at: string; icon: ReactNode; text: ReactNode; detail?: ReactNode };

function Entry({ entry }: { entry: TimelineEntry }) {
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const inner = (
    <>
      <time className={classes.entryTime} dateTime={entry.at}>{formats.time(entry.at)}</time>
      <span aria-hidden="true">{entry.icon}</span>
      <span className={classes.entryText}>{entry.text}</span>
      {entry.detail && (open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />)}
    </>
  );
  return (
    <li className={classes.entry}>
      {entry.detail ? <UnstyledButton className={classes.entryButton} aria-expanded={open} onClick={() => setOpen(!open)}>{inner}</UnstyledButton> : <div className={classes.entryButton}>{inner}</div>}
      {open && <div className={classes.entryDetail}>{entry.detail}</div>}
    </li>
  );
}

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const formats = useFormats();
  const days = groupByDay(entries, formats.dayKey);
  return (
    <>
      {days.map(([key, ofDay]) => (
        <section key={key}>
          <h3 className={classes.day}>{formats.day(ofDay[0]?.at ?? key)}</h3>
          <ul className={classes.timeline}>{ofDay.map((entry) => <Entry key={entry.id} entry={entry} />)}</ul>
        </section>
      ))}
    </>
  );
}

function groupByDay(entries: TimelineEntry[], keyOf: (at: string) => string): [string, TimelineEntry[]][] {
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) days.set(keyOf(entry.at), [...(days.get(keyOf(entry.at)) ?? []), entry]);
  return [...days];
}
