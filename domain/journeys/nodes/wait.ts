/** Waits for a duration, or until a time of day in the customer's zone (§3.1, §3.2, §3.4, §3.8). */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { instantOf, localTime, type Instant } from '#domain/shared/time.ts';
import { addDuration, Duration, roundWake } from '#domain/journeys/duration.ts';
import { defineNodeKind, WAITING_COST } from '#domain/journeys/node-kind.ts';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day as HH:MM, for example 09:00.');

export const WaitSettings = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('duration'), duration: Duration }),
  /** The next time the clock shows this, on one of the ISO weekdays (1 = Monday) when given, after an optional duration. */
  z.strictObject({
    mode: z.literal('untilTimeOfDay'),
    timeOfDay: TimeOfDay,
    weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
    after: Duration.optional(),
  }),
]);
export type WaitSettings = z.infer<typeof WaitSettings>;

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

/** The moment a wait that begins at `at` ends, before rounding. */
export function waitMoment(settings: WaitSettings, at: Instant, zone: string): Instant {
  if (settings.mode === 'duration') return addDuration(at, settings.duration, zone);
  const from = settings.after ? addDuration(at, settings.after, zone) : at;
  return nextTimeOfDay(from, settings.timeOfDay, settings.weekdays, zone);
}

/** Someone whom a loop brings back at nine, where they have just waited until nine, waits until nine tomorrow. */
const wakesAt = (settings: WaitSettings, { since, again, zone }: { since: Instant; again: boolean; zone: string }): Instant =>
  roundWake(since, waitMoment(settings, again ? since + 1 : since, zone));

export const waitNode = defineNodeKind({
  kind: 'wait',
  family: 'time',
  settings: WaitSettings,
  defaults: (): WaitSettings => ({ mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }),
  ports: () => ['next'],
  waits: true,
  cost: WAITING_COST,
  wakesAt,
  step: ({ settings, at, again, facts }) => ({
    kind: 'wait',
    waiting: { wakeAt: wakesAt(settings, { since: at, again, zone: facts.zone }) },
    detail: { zone: facts.zone, zoneSource: facts.zoneSource },
  }),
  resume: () => ({ kind: 'go', port: 'next' }),
});
