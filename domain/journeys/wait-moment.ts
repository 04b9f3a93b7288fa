/** When a wait ends, before rounding: pure answers about clocks, windows, dates and habits in the customer's zone (§3.1, §3.2, §3.4). */
import { Temporal } from 'temporal-polyfill';
import type { EventFact } from '#domain/audiences/matches.ts';
import type { CustomerProfile } from '#domain/customers/profile.ts';
import type { EventInHand } from '#domain/enrollments/state.ts';
import { DAY_MS, instantOf, localTime, type Instant } from '#domain/shared/time.ts';

export type Window = { from: string; to: string; weekdays?: number[] | undefined };
export type DateWait = { date: string; offset?: { amount: number; unit: 'calendarDays' | 'calendarWeeks' | 'calendarMonths' } | undefined; timeOfDay: string; yearly: boolean };

/** Acts that tell at which hour a customer is there, how far back they count, and how many it takes. */
export const BEST_HOUR_EVENTS = ['message.opened', 'message.clicked', 'purchase'] as const;
export const BEST_HOUR_DAYS = 90;
export const BEST_HOUR_LEAST_ACTS = 3;

/** The first instant at or after `from` at which the zone's clock shows the time of day on an allowed weekday. */
export function nextTimeOfDay(from: Instant, timeOfDay: string, weekdays: number[] | undefined, zone: string): Instant {
  const time = Temporal.PlainTime.from(timeOfDay);
  let day = localTime(from, zone).toPlainDate();
  for (let step = 0; step < 9; step += 1, day = day.add({ days: 1 })) {
    if (weekdays && !weekdays.includes(day.dayOfWeek)) continue;
    const instant = instantOf(day.toPlainDateTime(time), zone);
    if (instant >= from) return instant;
  }
  throw new Error('unreachable: a week holds every weekday');
}

/** `at` itself inside the window, else its next opening. A window whose end is not after its beginning closes on the next day; a weekday is that of its beginning. */
export function nextInWindow(at: Instant, { from, to, weekdays }: Window, zone: string): Instant {
  const [opens, closes] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(to)];
  const isOverNight = Temporal.PlainTime.compare(closes, opens) <= 0;
  let day = localTime(at, zone).toPlainDate().subtract({ days: 1 });
  for (let step = 0; step < 10; step += 1, day = day.add({ days: 1 })) {
    if (weekdays && !weekdays.includes(day.dayOfWeek)) continue;
    const begin = instantOf(day.toPlainDateTime(opens), zone);
    const end = instantOf((isOverNight ? day.add({ days: 1 }) : day).toPlainDateTime(closes), zone);
    if (at < end) return Math.max(at, begin);
  }
  throw new Error('unreachable: a week holds every weekday');
}

/** The calendar date that a field holds: of the customer (`customer.birthDate`, `customer.attributes.renewal`) or of the event in hand (`event.properties.departure`); null when it holds none. */
export function dateIn(field: string, profile: CustomerProfile, event: EventInHand | null): Temporal.PlainDate | null {
  const [root, name = '', key = ''] = field.split('.');
  const value = root === 'event' ? event?.properties[key] : name === 'attributes' ? profile.attributes[key] : name === 'birthDate' ? profile.birthDate : undefined;
  if (typeof value !== 'string') return null;
  try {
    return Temporal.PlainDate.from(value.slice(0, 10));
  } catch {
    return null;
  }
}

/** The anniversary of a date in a year; 29 February is kept on the 28th in common years (§1.5). */
const inYear = (date: Temporal.PlainDate, year: number): Temporal.PlainDate => Temporal.PlainDate.from({ year, month: date.month, day: date.day }, { overflow: 'constrain' });

/** The moment of a date with its offset; a yearly one is the next at or after `from`. Null when the field holds no date. */
export function dateMoment(from: Instant, wait: DateWait, zone: string, profile: CustomerProfile, event: EventInHand | null): Instant | null {
  const date = dateIn(wait.date, profile, event);
  if (!date) return null;
  const time = Temporal.PlainTime.from(wait.timeOfDay);
  const { offset } = wait;
  const shift = offset ? { [{ calendarDays: 'days', calendarWeeks: 'weeks', calendarMonths: 'months' }[offset.unit]]: offset.amount } : { days: 0 };
  const moment = (day: Temporal.PlainDate): Instant => instantOf(day.add(shift).toPlainDateTime(time), zone);
  if (!wait.yearly) return moment(date);
  // An offset may reach into the year before or after.
  const { year } = localTime(from, zone);
  for (let next = year - 11; ; next += 1) {
    const instant = moment(inYear(date, next));
    if (instant >= from) return instant;
  }
}

/** The local hour (0–23) in which the customer acted most often of late, the earlier of two alike; null with too few acts. */
export function bestHour(at: Instant, history: readonly EventFact[], zone: string): number | null {
  const acts = history.filter(({ type, occurredAt }) => BEST_HOUR_EVENTS.some((known) => known === type) && occurredAt <= at && occurredAt > at - BEST_HOUR_DAYS * DAY_MS);
  if (acts.length < BEST_HOUR_LEAST_ACTS) return null;
  const counts = new Array<number>(24).fill(0);
  for (const { occurredAt } of acts) counts[localTime(occurredAt, zone).hour]! += 1;
  return counts.indexOf(Math.max(...counts));
}
