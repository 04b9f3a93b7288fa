/** Waits for a duration, or until a time of day, a window, a date, or the customer's best hour, in the customer's zone (§3.1, §3.2, §3.5, §3.7, §3.8). */
import { z } from 'zod';
import { ZONE_FIELDS } from '#domain/customers/zone-fields.ts';
import type { Instant } from '#domain/shared/time.ts';
import { addDuration, Duration, roundWake } from '#domain/journeys/duration.ts';
import { defineNodeKind, WAITING_COST, type StepInput, type StepOutcome, type WaitSight } from '#domain/journeys/node-kind.ts';
import { TimeOfDay } from '#domain/journeys/time-of-day.ts';
import { BEST_HOUR_DAYS, BEST_HOUR_EVENTS, bestHour, dateMoment, nextInWindow, nextTimeOfDay } from '#domain/journeys/wait-moment.ts';

/** ISO weekdays: 1 is Monday. */
const Weekdays = z.array(z.number().int().min(1).max(7)).min(1).max(7);

export const DATE_FIELD = /^(customer\.birthDate|customer\.attributes\.[A-Za-z][A-Za-z0-9_]{0,63}|event\.properties\.[A-Za-z0-9_-]{1,64})$/;
export const OFFSET_UNITS = ['calendarDays', 'calendarWeeks', 'calendarMonths'] as const;
/** What becomes of whoever comes when the moment is past, or of whom no date is known (§3.5). */
export const WHEN_PAST = ['continue', 'exit', 'branch'] as const;

export const WaitSettings = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('duration'), duration: Duration }),
  /** The next time the clock shows this, on one of the weekdays when given, after an optional duration. */
  z.strictObject({ mode: z.literal('untilTimeOfDay'), timeOfDay: TimeOfDay, weekdays: Weekdays.optional(), after: Duration.optional() }),
  /** Goes on at once inside the window; one that ends before it begins closes on the next day. */
  z.strictObject({ mode: z.literal('untilWindow'), from: TimeOfDay, to: TimeOfDay, weekdays: Weekdays.optional(), after: Duration.optional() }),
  /** A date of the customer or of the event in hand; `yearly` means its next anniversary. A negative offset lies before it. */
  z.strictObject({
    mode: z.literal('untilDate'),
    date: z.string().regex(DATE_FIELD, 'Name a date of the customer or of the event, for example customer.birthDate or customer.attributes.renewal.'),
    offset: z.strictObject({ amount: z.number().int().min(-3_650).max(3_650), unit: z.enum(OFFSET_UNITS) }).optional(),
    timeOfDay: TimeOfDay,
    yearly: z.boolean().default(false),
    whenPast: z.enum(WHEN_PAST).default('continue'),
  }),
  /** The hour at which the customer opens, clicks and buys most often; `otherwise` while too little is known of them. */
  z.strictObject({ mode: z.literal('untilBestHour'), otherwise: TimeOfDay, weekdays: Weekdays.optional() }),
]);
export type WaitSettings = z.infer<typeof WaitSettings>;

/** The moment a wait that begins at `at` ends, before rounding; null when its date is not known. */
export function waitMoment(settings: WaitSettings, at: Instant, { zone, profile, event, history }: Pick<WaitSight, 'zone' | 'profile' | 'event' | 'history'>): Instant | null {
  switch (settings.mode) {
    case 'duration': return addDuration(at, settings.duration, zone);
    case 'untilTimeOfDay': return nextTimeOfDay(settings.after ? addDuration(at, settings.after, zone) : at, settings.timeOfDay, settings.weekdays, zone);
    case 'untilWindow': return nextInWindow(settings.after ? addDuration(at, settings.after, zone) : at, settings, zone);
    case 'untilDate': return dateMoment(at, settings, zone, profile, event);
    case 'untilBestHour': {
      const hour = bestHour(at, history, zone);
      return nextTimeOfDay(at, hour === null ? settings.otherwise : `${String(hour).padStart(2, '0')}:00`, settings.weekdays, zone);
    }
  }
}

/** Whether the moment can be the very instant at which the wait begins, without that being what its author wants. A duration is never of no length. */
const canBeNow = (settings: WaitSettings): boolean =>
  settings.mode === 'untilDate' || settings.mode === 'untilBestHour' || (settings.mode === 'untilTimeOfDay' && settings.after === undefined);

/** Someone whom a loop brings back at nine, where they have just waited until nine, waits until nine tomorrow. */
function wakesAt(settings: WaitSettings, sight: WaitSight): Instant | undefined {
  const moment = waitMoment(settings, sight.again && canBeNow(settings) ? sight.since + 1 : sight.since, sight);
  return moment === null ? undefined : roundWake(sight.since, moment);
}

function afterMoment(settings: WaitSettings, detail: Record<string, unknown>): StepOutcome {
  const whenPast = settings.mode === 'untilDate' ? settings.whenPast : 'continue';
  if (whenPast === 'exit') return { kind: 'end', ending: 'exited', detail: { name: 'past', ...detail } };
  return { kind: 'go', port: whenPast === 'branch' ? 'past' : 'next', detail };
}

const sightOf = ({ at, again, facts, enrollment }: StepInput<WaitSettings>): WaitSight =>
  ({ since: at, again, zone: facts.zone, profile: facts.profile, event: enrollment.state.event, history: facts.history });

function step(input: StepInput<WaitSettings>): StepOutcome {
  const { settings, at, facts } = input;
  const wakeAt = wakesAt(settings, sightOf(input));
  const detail = { zone: facts.zone, zoneSource: facts.zoneSource };
  if (wakeAt === undefined) return afterMoment(settings, { ...detail, unknownDate: true });
  if (settings.mode === 'untilDate' && wakeAt <= at) return afterMoment(settings, { ...detail, past: wakeAt });
  if (settings.mode === 'untilWindow' && wakeAt <= roundWake(at, at)) return { kind: 'go', port: 'next', detail: { ...detail, insideWindow: true } };
  return { kind: 'wait', waiting: { wakeAt }, detail };
}

const isElapsed = ({ unit }: Duration): boolean => unit === 'minutes' || unit === 'hours';

export const waitNode = defineNodeKind({
  kind: 'wait',
  family: 'time',
  settings: WaitSettings,
  defaults: (): WaitSettings => ({ mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }),
  ports: (settings) => (settings.mode === 'untilDate' && settings.whenPast === 'branch' ? ['next', 'past'] : ['next']),
  needs: (settings) => (settings.mode === 'untilBestHour' ? { conditions: BEST_HOUR_EVENTS.map((event) => ({ event, count: { atLeast: 1 }, withinDays: BEST_HOUR_DAYS })) } : {}),
  hears: (settings) => (settings.mode === 'untilBestHour' ? [...BEST_HOUR_EVENTS] : []),
  dependsOn: (settings) => (settings.mode === 'duration' && isElapsed(settings.duration) ? [] : settings.mode === 'untilDate' && settings.date.startsWith('customer.') ? [...ZONE_FIELDS, settings.date.slice('customer.'.length)] : [...ZONE_FIELDS]),
  waits: true,
  cost: WAITING_COST,
  wakesAt,
  step,
  resume: (input, waiting, cause) => {
    if (cause.kind !== 'factsChanged') return { kind: 'go', port: 'next' };
    const { settings, at, facts } = input;
    const { wakeAt } = cause;
    if (wakeAt == null) return afterMoment(settings, { unknownDate: true });
    if (wakeAt <= at) return afterMoment(settings, { past: wakeAt });
    return { kind: 'wait', waiting: { wakeAt }, detail: { zone: facts.zone, zoneSource: facts.zoneSource, rescheduled: true, was: waiting.wakeAt } };
  },
});
