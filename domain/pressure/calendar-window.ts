/**
 * The calendar hour, day, week, month or year of a customer as two instants. The windows of a unit follow each other without gap or
 * overlap: an hour that the clocks show twice is one window of two hours, one that they skip is none (§3.4, §5.3).
 */
import { Temporal } from 'temporal-polyfill';
import type { CalendarUnit } from '#domain/pressure/calendar-units.ts';
import { instantOf, localTime, type Instant } from '#domain/shared/time.ts';

/** From `from` on, up to but not with `to`. */
export type Span = { from: Instant; to: Instant };

const MIDNIGHT = { hour: 0, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 };

function startOf(unit: CalendarUnit, local: Temporal.PlainDateTime): Temporal.PlainDateTime {
  switch (unit) {
    case 'hour': return local.with({ ...MIDNIGHT, hour: local.hour });
    case 'day': return local.with(MIDNIGHT);
    case 'week': return local.with(MIDNIGHT).subtract({ days: local.dayOfWeek - 1 });
    case 'month': return local.with({ ...MIDNIGHT, day: 1 });
    case 'year': return local.with({ ...MIDNIGHT, month: 1, day: 1 });
  }
}

function compute(unit: CalendarUnit, at: Instant, zone: string): Span {
  const step = { [`${unit}s`]: 1 };
  let start = startOf(unit, localTime(at, zone).toPlainDateTime());
  let span = { from: instantOf(start, zone), to: instantOf(start.add(step), zone) };
  // Clocks that go back over a boundary show the old window's time again after the new one began: it stays in the new one.
  while (span.to <= at) {
    start = start.add(step);
    span = { from: span.to, to: instantOf(start.add(step), zone) };
  }
  return span;
}

// Zoned arithmetic takes a tenth of a millisecond, and the customers of one burst mostly stand in the same few windows. A window is
// a function of any instant in it, so remembering the last ones of each unit and zone cannot change an answer.
const REMEMBERED = 8;
const lastSpans = new Map<string, Span[]>();

/** The window of this unit that holds the instant, in the customer's zone; weeks start on Monday. */
export function calendarWindow(unit: CalendarUnit, at: Instant, zone: string): Span {
  const key = `${unit} ${zone}`;
  const spans = lastSpans.get(key) ?? [];
  const known = spans.find(({ from, to }) => from <= at && at < to);
  if (known) return known;
  const span = compute(unit, at, zone);
  lastSpans.set(key, [span, ...spans.slice(0, REMEMBERED - 1)]);
  return span;
}
