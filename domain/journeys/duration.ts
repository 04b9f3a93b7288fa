/** Durations as authors write them: `24 hours` and `1 calendar day` are different units with different names (§3.1). */
import { z } from 'zod';
import { steadyInstant, steadyOffset } from '#domain/shared/steady-offset.ts';
import { instantOf, localTime, DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '#domain/shared/time.ts';

export const DURATION_UNITS = ['minutes', 'hours', 'calendarDays', 'calendarWeeks', 'calendarMonths', 'calendarYears'] as const;
export const Duration = z.strictObject({ amount: z.number().int().min(1).max(1_000_000), unit: z.enum(DURATION_UNITS) });
export type Duration = z.infer<typeof Duration>;

const DAYS_IN = { calendarDays: 1, calendarWeeks: 7 } as const;
const CALENDAR_FIELD = { calendarDays: 'days', calendarWeeks: 'weeks', calendarMonths: 'months', calendarYears: 'years' } as const;

/** The instant `duration` after `at`; calendar units keep the local time of day in the zone (31 January + 1 month is 28 or 29 February). */
export function addDuration(at: Instant, duration: Duration, zone: string): Instant {
  if (duration.unit === 'minutes') return at + duration.amount * MINUTE_MS;
  if (duration.unit === 'hours') return at + duration.amount * HOUR_MS;
  if (duration.unit === 'calendarDays' || duration.unit === 'calendarWeeks') {
    const offset = steadyOffset(at, zone);
    const instant = offset === null ? null : steadyInstant(at + offset + duration.amount * DAYS_IN[duration.unit] * DAY_MS, zone);
    if (instant !== null) return instant;
  }
  const local = localTime(at, zone).toPlainDateTime().add({ [CALENDAR_FIELD[duration.unit]]: duration.amount });
  return instantOf(local, zone);
}

/** A wake rounded up: a wait longer than ten minutes to its full minute, any other to its full second (§3.8). It never moves earlier. */
export function roundWake(since: Instant, moment: Instant): Instant {
  const grain = moment - since > 10 * MINUTE_MS ? MINUTE_MS : 1_000;
  return Math.ceil(moment / grain) * grain;
}
