/** The days of a recurrence around a day: the part of RFC 5545 that journeys know, counted from an anchor (§1.1). */
import { Temporal } from 'temporal-polyfill';
import type { LeapDay, Recurrence } from './trigger.ts';

/** So many periods without a day of the rule, and none comes any more: twenty years of months, and four centuries of years. */
const LONGEST_SEARCH = 400;

const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** A day of a month; null when the month has none. 29 February is kept as the journey says (§1.5). */
function dayIn(year: number, month: number, day: number, leapDay: LeapDay): Temporal.PlainDate | null {
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month });
  if (day === -1) return Temporal.PlainDate.from({ year, month, day: daysInMonth });
  if (day <= daysInMonth) return Temporal.PlainDate.from({ year, month, day });
  if (month !== 2 || day !== 29) return null;
  return leapDay === 'march1' ? Temporal.PlainDate.from({ year, month: 3, day: 1 }) : Temporal.PlainDate.from({ year, month: 2, day: 28 });
}

/** All the days of one period, the anchor's own being number 0. */
function daysOf(rule: Recurrence, anchor: Temporal.PlainDate, period: number, leapDay: LeapDay): Temporal.PlainDate[] {
  const steps = period * rule.interval;
  switch (rule.freq) {
    case 'weekly': {
      const monday = mondayOf(anchor).add({ weeks: steps });
      return (rule.weekdays ?? [anchor.dayOfWeek]).map((weekday) => monday.add({ days: weekday - 1 }));
    }
    case 'monthly': {
      const { year, month, daysInMonth } = anchor.toPlainYearMonth().add({ months: steps });
      // A day that is named counts only where it is; the anchor's own day is the last one of a shorter month.
      if (!rule.monthDays) return [Temporal.PlainDate.from({ year, month, day: Math.min(anchor.day, daysInMonth) })];
      return rule.monthDays.flatMap((day) => (day > daysInMonth ? [] : (dayIn(year, month, day, leapDay) ?? [])));
    }
    case 'yearly':
      return (rule.days ?? [{ month: anchor.month, day: anchor.day }]).flatMap(({ month, day }) => dayIn(anchor.year + steps, month, day, leapDay) ?? []);
  }
}

/** The period in which a day lies, or the one before a gap in which it lies. */
function periodOf(rule: Recurrence, anchor: Temporal.PlainDate, day: Temporal.PlainDate): number {
  const steps = rule.freq === 'weekly' ? mondayOf(anchor).until(mondayOf(day), { largestUnit: 'weeks' }).weeks
    : rule.freq === 'monthly' ? (day.year - anchor.year) * 12 + day.month - anchor.month
    : day.year - anchor.year;
  return Math.floor(steps / rule.interval);
}

/** The last day of the rule for which `isBefore` holds, and the first for which it does not; none lies before the anchor. `from` is a day near the border. */
export function recurrenceAround(
  rule: Recurrence, anchor: Temporal.PlainDate, leapDay: LeapDay, { isBefore, from }: { isBefore: (day: Temporal.PlainDate) => boolean; from: Temporal.PlainDate },
): { before: Temporal.PlainDate | null; after: Temporal.PlainDate | null } {
  const inOrder = (period: number): Temporal.PlainDate[] => daysOf(rule, anchor, period, leapDay)
    .filter((day) => Temporal.PlainDate.compare(day, anchor) >= 0).sort((a, b) => Temporal.PlainDate.compare(a, b));
  const near = Math.max(0, periodOf(rule, anchor, from));
  const find = (first: number, step: 1 | -1, wanted: (day: Temporal.PlainDate) => boolean): Temporal.PlainDate | null => {
    for (let period = first, tried = 0; period >= 0 && tried < LONGEST_SEARCH; period += step, tried += 1) {
      const days = inOrder(period).filter(wanted);
      const found = step === 1 ? days[0] : days.at(-1);
      if (found) return found;
    }
    return null;
  };
  // A local day may lie a day aside of the border's: the periods next to it are looked at too.
  return { before: find(near + 1, -1, isBefore), after: find(Math.max(0, near - 1), 1, (day) => !isBefore(day)) };
}
