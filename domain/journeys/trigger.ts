/** What takes customers into a journey (§1.1): an event, an event of the brand, a date of the customer, a relative or a contract, or a recurring moment of the customer's own. */
import { z } from 'zod';
import { CHANNELS } from '#domain/customers/channels.ts';
import { CONSENT_PURPOSES } from '#domain/customers/consent.ts';
import { RELATIONS } from '#domain/customers/relatives.ts';
import { EventMatcher, type SystemEventType } from '#domain/events/customer-event.ts';
import { unreachable } from '#domain/shared/invariant.ts';
import { TimeOfDay } from './time-of-day.ts';

/** A date of the customer: `birthDate`, `attributes.renewal`, `consents.marketing.email` (when it was granted), `createdAt` (when they joined), `firstPurchaseAt`. */
export const CustomerDate = z.string().refine((field) => {
  const [root, purpose, channel] = field.split('.');
  if (root === 'consents') return CONSENT_PURPOSES.some((each) => each === purpose) && CHANNELS.some((each) => each === channel) && field.split('.').length === 3;
  return /^(birthDate|createdAt|firstPurchaseAt|attributes\.[A-Za-z][A-Za-z0-9_]{0,63})$/.test(field);
}, 'Name a date of the customer: birthDate, createdAt, firstPurchaseAt, attributes.renewal or consents.marketing.email.');
export type CustomerDate = z.infer<typeof CustomerDate>;

/** Fields that are instants of what the customer did: a journey can follow them, never come before them. */
export const isOwnAct = (field: CustomerDate): boolean => field === 'createdAt' || field === 'firstPurchaseAt' || field.startsWith('consents.');

export const DateSource = z.discriminatedUnion('whose', [
  z.strictObject({ whose: z.literal('customer'), field: CustomerDate }),
  /** Each relative of this relation, or each of them, has moments of their own. */
  z.strictObject({ whose: z.literal('relative'), relation: z.enum(RELATIONS).optional(), date: z.literal('birthDate').default('birthDate') }),
  z.strictObject({ whose: z.literal('contract'), contractKind: z.string().trim().min(1).max(60).optional(), date: z.enum(['startsOn', 'endsOn']) }),
]);
export type DateSource = z.infer<typeof DateSource>;

export const TRIGGER_OFFSET_UNITS = ['calendarDays', 'calendarWeeks', 'calendarMonths'] as const;
export const TriggerOffset = z.strictObject({ amount: z.number().int().min(1).max(3_650), unit: z.enum(TRIGGER_OFFSET_UNITS), direction: z.enum(['before', 'after']) });
export type TriggerOffset = z.infer<typeof TriggerOffset>;

/** Where 29 February is kept in common years (§1.5). */
export const LeapDay = z.enum(['february28', 'march1']);
export type LeapDay = z.infer<typeof LeapDay>;

/** 1 is the first day of a month, -1 its last. */
const MonthDay = z.number().int().min(-1).max(31).refine((day) => day !== 0, 'Days of a month begin with 1; -1 is the last one.');
const Interval = z.number().int().min(1).max(100).default(1);

/**
 * A part of RFC 5545's rules, as data. Without days it is the day of the anchor: the same weekday, the same day of the month (the last one of a shorter
 * month), the same day of the year. Days that are named count only in months that have them.
 */
export const Recurrence = z.discriminatedUnion('freq', [
  /** ISO weekdays: 1 is Monday. */
  z.strictObject({ freq: z.literal('weekly'), interval: Interval, weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional() }),
  z.strictObject({ freq: z.literal('monthly'), interval: Interval, monthDays: z.array(MonthDay).min(1).max(31).optional() }),
  z.strictObject({ freq: z.literal('yearly'), interval: Interval, days: z.array(z.strictObject({ month: z.number().int().min(1).max(12), day: MonthDay })).min(1).max(24).optional() }),
]);
export type Recurrence = z.infer<typeof Recurrence>;

/** The key of a store, as files and events name it: the same in a sandbox and in live. */
const StoreKey = z.string().min(1).max(200);
export const EventTrigger = z.strictObject({
  kind: z.literal('event'),
  event: EventMatcher,
  /** Only an event that happened in one of these stores takes people in, and nothing else does (§11.8). Absent: wherever it happened. */
  stores: z.array(StoreKey).min(1).max(500).optional(),
});
/** An event of the brand, not of one customer: it takes in whom it concerns, once each per event (§1.9). */
export const BusinessTrigger = z.strictObject({ kind: z.literal('business'), event: EventMatcher });
export const DateTrigger = z.strictObject({
  kind: z.literal('date'),
  of: DateSource,
  repeats: z.enum(['once', 'yearly']),
  /** Absent means on the day itself. */
  offset: TriggerOffset.optional(),
  timeOfDay: TimeOfDay,
  leapDay: LeapDay.default('february28'),
});
export const RecurringTrigger = z.strictObject({
  kind: z.literal('recurring'),
  /** The date from which the moments are counted; none lies before it. */
  anchor: CustomerDate.default('createdAt'),
  every: Recurrence,
  timeOfDay: TimeOfDay,
  leapDay: LeapDay.default('february28'),
});

export const Trigger = z.discriminatedUnion('kind', [EventTrigger, BusinessTrigger, DateTrigger, RecurringTrigger]);
export type Trigger = z.infer<typeof Trigger>;
export type TimedTrigger = Exclude<Trigger, { event: EventMatcher }>;

/** The event that this trigger names, of the customer or of the brand; null when the calendar brings people. */
export const matcherOf = (trigger: Trigger): EventMatcher | null => ('event' in trigger ? trigger.event : null);

/** The stores in which a journey begins; null when it may begin anywhere. */
export const storesOf = (trigger: Trigger): readonly string[] | null => ('stores' in trigger ? (trigger.stores ?? null) : null);

/** Whether the calendar brings people, and no event. */
export const isTimed = (trigger: Trigger): trigger is TimedTrigger => !('event' in trigger);

/** The properties of that event when the calendar brought it, with what a marketer may compare and write. */
export const OCCURRENCE_PROPERTIES = ['date', 'occurrence', 'years', 'relation', 'firstName', 'birthDate', 'contractKind', 'reference', 'startsOn', 'endsOn'] as const;

/** Events that move the dates a trigger goes by; whoever is new has dates too. */
export function eventsBehindTrigger(trigger: TimedTrigger): string[] {
  const always: SystemEventType[] = ['customer.created', 'customer.changed'];
  const ofField = (field: CustomerDate): string[] => (field.startsWith('consents.') ? ['consent.changed'] : field === 'firstPurchaseAt' ? ['purchase', 'return'] : []);
  switch (trigger.kind) {
    case 'recurring': return [...always, ...ofField(trigger.anchor)];
    case 'date': {
      const { of } = trigger;
      return [...always, ...(of.whose === 'customer' ? ofField(of.field) : [of.whose === 'relative' ? 'relative.changed' : 'contract.changed'])];
    }
    default: return unreachable(trigger);
  }
}
