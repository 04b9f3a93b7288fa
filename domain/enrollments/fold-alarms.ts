/**
 * Entries by the calendar: reckons a customer's alarms when something that they go by has changed, and rings one when its turn has come (§1.1, §1.4).
 * Each occurrence takes its subject in once at most; a refusal is a line with its reason (§1.6).
 */
import { ZONE_FIELDS } from '#domain/customers/zone-fields.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { occurrencesAround, subjectsOf, type Around, type Occurrence, type Subject } from '#domain/journeys/occurrences.ts';
import { eventsBehindTrigger, isTimed, type TimedTrigger } from '#domain/journeys/trigger.ts';
import { OCCURRENCE_EVENTS } from '#domain/journeys/type-in-hand.ts';
import { HOUR_MS, type Instant } from '#domain/shared/time.ts';
import { firstDue, type Alarm } from './alarm.ts';
import { take, type Burst } from './burst.ts';
import { firstWaitAhead } from './first-wait-ahead.ts';
import type { Reason } from './effects.ts';

/** Takes the customer in by an occurrence, from the entry or from a step further on; `refusal` says why not, when that is known already. */
export type EnterByOccurrence = (plan: Plan, event: CustomerEvent, entry: { refusal: Reason | null; startsAt: string | null }) => void;

const keyOf = ({ journeyId, subject }: Pick<Alarm, 'journeyId' | 'subject'>): string => `${journeyId} ${subject}`;

function set(burst: Burst, alarm: Alarm): void {
  const known = burst.alarms.get(keyOf(alarm));
  if (known && known.occurrence === alarm.occurrence && known.date === alarm.date && known.dueAt === alarm.dueAt && known.rung === alarm.rung) return;
  burst.alarms.set(keyOf(alarm), alarm);
  take(burst, [{ kind: 'setAlarm', alarm }], burst.now);
}

function clear(burst: Burst, alarm: Pick<Alarm, 'journeyId' | 'subject'>): void {
  burst.alarms.delete(keyOf(alarm));
  take(burst, [{ kind: 'clearAlarm', journeyId: alarm.journeyId, subject: alarm.subject }], burst.now);
}

const timed = (plan: Plan): TimedTrigger | null => (isTimed(plan.journey.entry.trigger) ? plan.journey.entry.trigger : null);

/** What is in hand of whoever enters by an occurrence. Its id is the occurrence's key, so the entry is the same whoever decides it. */
export function eventOfOccurrence(trigger: TimedTrigger, subject: Subject, { key, date }: Pick<Occurrence, 'key' | 'date'>, at: Instant): CustomerEvent {
  return {
    id: key, no: 0, type: OCCURRENCE_EVENTS[trigger.kind], source: 'system', occurredAt: at, acceptedAt: at, storeId: null, historical: false, depth: 0,
    properties: { date, occurrence: key, years: Number(date.slice(0, 4)) - subject.date.year, ...subject.properties },
  };
}

/** The occurrence that comes after all whose turn has come. Keys of one subject sort as their moments do. */
function nextAfter(trigger: TimedTrigger, subject: Subject, zone: string, { next }: Around, rung: string | null): Occurrence | null {
  let found = next;
  while (found && rung !== null && found.key <= rung) found = occurrencesAround(trigger, subject, zone, found.dueAt + 1).next;
  return found;
}

/** The alarm whose turn comes first. */
export const nextAlarm = (burst: Burst): ReturnType<typeof firstDue> => (burst.alarms.size === 0 ? null : firstDue(burst.alarms.values(), burst.plans, burst.now));

/** Rings it: sets the next one, and takes the customer in or says why not. One that is as late as no event may be takes nobody in (§1.11). */
export function ringAlarm(burst: Burst, plan: Plan, alarm: NonNullable<ReturnType<typeof nextAlarm>>, enter: EnterByOccurrence): void {
  const trigger = timed(plan);
  const { zone } = burst.facts;
  const subject = trigger && subjectsOf(trigger, burst.facts, zone).find(({ name }) => name === alarm.subject);
  if (!trigger || !subject) return clear(burst, alarm);
  const { dueAt, occurrence, date, journeyId } = alarm;
  const next = nextAfter(trigger, subject, zone, occurrencesAround(trigger, subject, zone, dueAt + 1), occurrence);
  set(burst, { journeyId, subject: subject.name, occurrence: next?.key ?? null, date: next?.date ?? null, dueAt: next?.dueAt ?? null, rung: occurrence });
  const { maximumEventAgeHours } = plan.journey.entry;
  const isTooLate = burst.now - dueAt > maximumEventAgeHours * HOUR_MS;
  burst.depth = 0;
  enter(plan, eventOfOccurrence(trigger, subject, { key: occurrence, date }, dueAt), { refusal: isTooLate ? { code: 'date.tooLate', figures: { date, dueAt, maximumEventAgeHours } } : null, startsAt: null });
}

/** What becomes of an occurrence whose moment was past when its date became known (§1.4). */
function comeLate(burst: Burst, plan: Plan, trigger: TimedTrigger, subject: Subject, { key, date, dueAt }: Occurrence, at: Instant, enter: EnterByOccurrence): void {
  const { maximumEventAgeHours } = plan.journey.entry;
  const event = { ...eventOfOccurrence(trigger, subject, { key, date }, at), depth: burst.depth };
  // What the customer has just done is on time: nobody can know of it earlier.
  if (subject.act !== null && dueAt >= at - maximumEventAgeHours * HOUR_MS) return enter(plan, event, { refusal: null, startsAt: null });
  const startsAt = firstWaitAhead(plan, event, burst.facts, at);
  if (startsAt !== null) enter(plan, event, { refusal: null, startsAt });
  else if (trigger.kind === 'date' && trigger.repeats === 'once') enter(plan, event, { refusal: { code: 'date.passed', figures: { date, dueAt } }, startsAt: null });
}

/**
 * Brings the customer's alarms of a journey in step with their facts at `at`. With `enter`, an occurrence that was past when its date became known puts
 * the customer at the right point of its series (§1.4); without, it is passed over: a journey that is published only looks ahead. Of history what the
 * customer did is passed over too, wherever its moment lies: it enters nothing (§1.11).
 */
export function reckonAlarms(burst: Burst, plan: Plan, at: Instant, enter: EnterByOccurrence | null, { isHistory = false } = {}): void {
  const trigger = timed(plan);
  if (!trigger) return;
  const { journeyId } = plan;
  const { zone } = burst.facts;
  const subjects = subjectsOf(trigger, burst.facts, zone);
  for (const alarm of burst.alarms.values()) {
    if (alarm.journeyId === journeyId && !subjects.some(({ name }) => name === alarm.subject)) clear(burst, alarm);
  }
  for (const subject of subjects) {
    const known = burst.alarms.get(keyOf({ journeyId, subject: subject.name }));
    const beside = occurrencesAround(trigger, subject, zone, at);
    const isOver = isHistory && subject.act !== null && trigger.kind === 'date' && trigger.repeats === 'once';
    const last = isOver ? (beside.last ?? beside.next) : beside.last;
    const isMissed = last !== null && (!known || known.rung === null || last.key > known.rung);
    // Its turn had been set and has not come: the zone alone has moved past it, or the journey is paused.
    if (isMissed && known?.occurrence === last.key && known.date === last.date) {
      set(burst, { ...known, dueAt: Math.min(known.dueAt ?? at, at) });
      continue;
    }
    const rung = isMissed ? last.key : (known?.rung ?? null);
    const next = nextAfter(trigger, subject, zone, beside, rung);
    set(burst, { journeyId, subject: subject.name, occurrence: next?.key ?? null, date: next?.date ?? null, dueAt: next?.dueAt ?? null, rung });
    if (isMissed && enter && trigger.kind === 'date') comeLate(burst, plan, trigger, subject, last, at, enter);
  }
}

/** Whether an event may have moved the moments of a journey: its date, the zone, a relative, a contract (§1.4). */
export function movesAlarms(plan: Plan, { type, properties }: CustomerEvent): boolean {
  const trigger = timed(plan);
  if (!trigger || !plan.takesEntries || !eventsBehindTrigger(trigger).includes(type)) return false;
  const field = trigger.kind === 'recurring' ? trigger.anchor : trigger.of.whose === 'customer' ? trigger.of.field : `${trigger.of.whose}s`;
  if (type !== 'customer.changed') return true;
  const { fields } = properties;
  const names = Array.isArray(fields) ? fields.map(String) : [];
  return names.some((name) => ZONE_FIELDS.includes(name) || name === field || (name === 'attributes' && field.startsWith('attributes.')));
}
