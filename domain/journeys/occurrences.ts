/** When a date or a recurring moment of a customer comes round, by the clock of their zone (§1.1, §1.5, §3.4): pure answers, nothing is remembered here. */
import { Temporal } from 'temporal-polyfill';
import { consentInForce, CONSENT_PURPOSES } from '#domain/customers/consent.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import { formatInstant, instantOf, localTime, MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import { recurrenceAround } from './recurrence.ts';
import { isOwnAct, type CustomerDate, type LeapDay, type TimedTrigger, type TriggerOffset } from './trigger.ts';

export type DatedFacts = Pick<CustomerFacts, 'createdAt' | 'profile' | 'figures' | 'consents' | 'relatives' | 'contracts'>;

/** Whose moments they are (`customer`, `relative:…`, `contract:…`), the date they go by, and what is in hand of it when one comes. */
export type Subject = { name: string; date: Temporal.PlainDate; /** The very instant, of what the customer did. */ act: Instant | null; properties: Record<string, unknown> };

/** One moment of a subject. The key is the same as long as it is the same moment, whatever the zone; `date` is what is reached, before any offset. */
export type Occurrence = { key: string; date: string; dueAt: Instant };

const readDate = (value: unknown): Temporal.PlainDate | null => {
  if (typeof value !== 'string') return null;
  try {
    return Temporal.PlainDate.from(value.slice(0, 10), { overflow: 'reject' });
  } catch {
    return null;
  }
};

function actOf(field: CustomerDate, facts: DatedFacts): Instant | null {
  if (field === 'createdAt') return facts.createdAt;
  if (field === 'firstPurchaseAt') return facts.figures.firstPurchaseAt;
  const [, purpose, channel] = field.split('.');
  const consent = consentInForce(facts.consents, CONSENT_PURPOSES.find((each) => each === purpose) ?? 'marketing', CHANNELS.find((each) => each === channel) ?? 'email');
  return consent?.state === 'granted' ? consent.at : null;
}

function customerSubject(field: CustomerDate, facts: DatedFacts, zone: string): Subject[] {
  const act = isOwnAct(field) ? actOf(field, facts) : null;
  const value = field === 'birthDate' ? facts.profile.birthDate : facts.profile.attributes[field.slice('attributes.'.length)];
  const date = act === null ? (isOwnAct(field) ? null : readDate(value)) : localTime(act, zone).toPlainDate();
  return date ? [{ name: 'customer', date, act, properties: {} }] : [];
}

/** Everyone and everything of the customer that has moments of this trigger; empty when no date is known. */
export function subjectsOf(trigger: TimedTrigger, facts: DatedFacts, zone: string): Subject[] {
  if (trigger.kind === 'recurring') return customerSubject(trigger.anchor, facts, zone);
  const { of } = trigger;
  if (of.whose === 'customer') return customerSubject(of.field, facts, zone);
  if (of.whose === 'relative') {
    return facts.relatives.flatMap(({ id, relation, firstName, birthDate }): Subject[] => {
      const date = of.relation === undefined || of.relation === relation ? readDate(birthDate) : null;
      return date ? [{ name: `relative:${id}`, date, act: null, properties: { relativeId: id, relation, ...(firstName ? { firstName } : {}), birthDate } }] : [];
    });
  }
  return facts.contracts.flatMap(({ id, kind, reference, startsOn, endsOn, status }): Subject[] => {
    const isMeant = (of.contractKind === undefined || of.contractKind === kind) && (trigger.repeats === 'once' || status === 'active');
    const date = isMeant ? readDate(of.date === 'startsOn' ? startsOn : endsOn) : null;
    return date ? [{ name: `contract:${id}`, date, act: null, properties: { contractId: id, contractKind: kind, ...(reference ? { reference } : {}), startsOn, ...(endsOn ? { endsOn } : {}) } }] : [];
  });
}

/** The anniversary of a date in a year, with what the journey says of 29 February. */
export function anniversary(date: Temporal.PlainDate, year: number, leapDay: LeapDay): Temporal.PlainDate {
  const day = Temporal.PlainDate.from({ year, month: date.month, day: date.day }, { overflow: 'constrain' });
  return day.day === date.day || leapDay === 'february28' ? day : day.add({ days: 1 });
}

const FIELD = { calendarDays: 'days', calendarWeeks: 'weeks', calendarMonths: 'months' } as const;
const shiftBy = (offset: TriggerOffset | undefined): Temporal.Duration =>
  Temporal.Duration.from(offset ? { [FIELD[offset.unit]]: offset.direction === 'before' ? -offset.amount : offset.amount } : { days: 0 });

/** The last occurrence before `at` and the first one at or after it. */
export type Around = { last: Occurrence | null; next: Occurrence | null };

const around = (occurrences: Occurrence[], at: Instant): Around => ({
  last: occurrences.filter(({ dueAt }) => dueAt < at).reduce<Occurrence | null>((best, each) => (best && best.dueAt >= each.dueAt ? best : each), null),
  next: occurrences.filter(({ dueAt }) => dueAt >= at).reduce<Occurrence | null>((best, each) => (best && best.dueAt <= each.dueAt ? best : each), null),
});

/**
 * The occurrences of one subject on both sides of an instant. A date that happened once has one; an anniversary is one year after the date at the earliest.
 * A moment that follows what the customer did is never before that deed, and is rounded up to its minute.
 */
export function occurrencesAround(trigger: TimedTrigger, subject: Subject, zone: string, at: Instant): Around {
  const time = Temporal.PlainTime.from(trigger.timeOfDay);
  const { name, date, act } = subject;
  if (trigger.kind === 'recurring') {
    const border = Math.max(at, act ?? -Infinity);
    const { before, after } = recurrenceAround(trigger.every, date, trigger.leapDay, { isBefore: (day) => instantOf(day.toPlainDateTime(time), zone) < border, from: localTime(border, zone).toPlainDate() });
    const occurrences = [before, after].flatMap((day): Occurrence[] => (day ? [{ key: `${name}:${day.toString()}`, date: day.toString(), dueAt: instantOf(day.toPlainDateTime(time), zone) }] : []));
    return around(occurrences.filter(({ dueAt }) => act === null || dueAt >= act), at);
  }
  const shift = shiftBy(trigger.offset);
  const moment = (day: Temporal.PlainDate): Instant => instantOf(day.add(shift).toPlainDateTime(time), zone);
  if (trigger.repeats === 'once') {
    const dueAt = act === null ? moment(date) : Math.ceil(Math.max(moment(date), act) / MINUTE_MS) * MINUTE_MS;
    return around([{ key: `${name}:${act === null ? date.toString() : formatInstant(act)}`, date: date.toString(), dueAt }], at);
  }
  const first = date.year + 1;
  const { year } = localTime(at, zone).toPlainDate().subtract(shift);
  const years = new Set([first, ...[-2, -1, 0, 1, 2].map((step) => year + step)].filter((each) => each >= first));
  return around([...years].map((each): Occurrence => {
    const day = anniversary(date, each, trigger.leapDay);
    return { key: `${name}:${each}`, date: day.toString(), dueAt: moment(day) };
  }), at);
}

/** The next moment of a trigger after an instant, over all its subjects: when, under which key, and what is in hand of it. Null when no date is known, or none lies ahead. */
export function nextOccurrence(trigger: TimedTrigger, facts: DatedFacts, zone: string, after: Instant): (Occurrence & { subject: Subject }) | null {
  return subjectsOf(trigger, facts, zone).reduce<(Occurrence & { subject: Subject }) | null>((best, subject) => {
    const { next } = occurrencesAround(trigger, subject, zone, after + 1);
    return next && (!best || next.dueAt < best.dueAt) ? { ...next, subject } : best;
  }, null);
}
