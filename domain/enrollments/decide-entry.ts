/** Whether an event takes a customer into a journey, and under which entry key (§1.2, §1.3, §1.6, §1.11). */
import { matchesCondition } from '#domain/audiences/matches.ts';
import { lawfulness } from '#domain/customers/consent.ts';
import { MAXIMUM_EVENT_DEPTH, type CustomerEvent } from '#domain/events/customer-event.ts';
import { addDuration, type Duration } from '#domain/journeys/duration.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { capWindow, entryCountKey } from '#domain/journeys/entry-cap.ts';
import { OCCURRENCE_EVENTS } from '#domain/journeys/type-in-hand.ts';
import { stableHash } from '#domain/shared/stable-hash.ts';
import { DAY_MS, HOUR_MS, type Instant } from '#domain/shared/time.ts';
import { conditionSubject } from './condition-subject.ts';
import type { Reason } from './effects.ts';
import type { CustomerFacts, SharedFacts, WorkspaceRules } from './facts.ts';
import { eventInHand } from './match-event.ts';

/** One earlier entry of the customer into the journey, over all its versions. */
export type RegisterLine = { journeyId: string; entryKey: string; enteredAt: Instant; endedAt: Instant | null };

/** What decides beside the event and the register. */
export type EntryContext = { facts: CustomerFacts; shared: Pick<SharedFacts, 'entryCounts'>; rules: Pick<WorkspaceRules, 'timeZone' | 'consentPolicy'> };

export type EntryDecision = { kind: 'enter'; entryKey: string } | { kind: 'refuse'; reason: Reason };

const refuse = (code: string, figures?: Record<string, unknown>): EntryDecision => ({ kind: 'refuse', reason: { code, ...(figures ? { figures } : {}) } });

function readPath(properties: Record<string, unknown>, path: string): unknown {
  let value: unknown = properties;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

const LONGEST_KEY = 200;

/** A key that is too long is cut to whole characters and told apart by a hash of all of it. */
function entryKeyOf(value: string | number): string {
  const key = `key:${value}`;
  if (key.length <= LONGEST_KEY) return key;
  return `${key.slice(0, 180).replace(/[\ud800-\udbff]$/, '')}:${(stableHash('entryKey', key) * 2 ** 53).toString(36)}`;
}

/** The fewest and the most days of a calendar unit; two more on either side are for the changes of a zone's clocks and of its date. */
const UNIT_DAYS = { calendarDays: [1, 1], calendarWeeks: [7, 7], calendarMonths: [28, 31], calendarYears: [365, 366] } as const;

/** How many entries still lie within the period that each began. The calendar is asked only where the length of a month or a day can matter. */
function countInPeriod(register: RegisterLine[], period: Duration, at: Instant, zone: string): number {
  const days = period.unit === 'minutes' || period.unit === 'hours' ? null : UNIT_DAYS[period.unit];
  return register.filter(({ enteredAt }) => {
    if (days && enteredAt > at - (period.amount * days[0] - 2) * DAY_MS) return true;
    if (days && enteredAt <= at - (period.amount * days[1] + 2) * DAY_MS) return false;
    return addDuration(enteredAt, period, zone) > at;
  }).length;
}

const isOccurrence = ({ type, source }: CustomerEvent): boolean => source === 'system' && (type === OCCURRENCE_EVENTS.date || type === OCCURRENCE_EVENTS.recurring);

function decideReentry(plan: Plan, event: CustomerEvent, register: RegisterLine[], at: Instant, zone: string): EntryDecision {
  const { reentry } = plan.journey.entry;
  // Each occurrence takes its subject in once, whatever the rule (§1.3).
  if (isOccurrence(event) && register.some((line) => line.entryKey === event.id)) return refuse('reentry.sameOccurrence', { occurrence: event.id });
  switch (reentry.mode) {
    case 'onceEver':
      return register.length > 0 ? refuse('reentry.onceEver', { enteredAt: register[0]!.enteredAt }) : { kind: 'enter', entryKey: 'once' };
    case 'afterExit': {
      if (register.some((line) => line.endedAt === null)) return refuse('reentry.stillInside');
      const last = register.at(-1);
      if (last && reentry.minimumGap) {
        const from = reentry.gapFrom === 'start' ? last.enteredAt : last.endedAt!;
        const freeAt = addDuration(from, reentry.minimumGap, zone);
        if (at < freeAt) return refuse('reentry.minimumGap', { from, freeAt });
      }
      return { kind: 'enter', entryKey: event.id };
    }
    case 'perPeriod': {
      const entries = countInPeriod(register, reentry.period, at, zone);
      return entries >= reentry.maximumEntries
        ? refuse('reentry.perPeriod', { entries, maximum: reentry.maximumEntries })
        : { kind: 'enter', entryKey: event.id };
    }
    case 'perKey': {
      const value = readPath(event.properties, reentry.property);
      if (typeof value !== 'string' && typeof value !== 'number') return refuse('reentry.noKey', { property: reentry.property });
      const entryKey = entryKeyOf(value);
      return register.some((line) => line.entryKey === entryKey) ? refuse('reentry.perKey', { property: reentry.property }) : { kind: 'enter', entryKey };
    }
  }
}

/** The consent that the entry asks for, as it is in force at `at`: the law's own answer, so that a soft opt-in counts where the workspace chose it. */
function refuseConsent({ journey: { entry: { consent } } }: Pick<Plan, 'journey'>, { facts, rules }: EntryContext, at: Instant): EntryDecision | null {
  if (!consent) return null;
  const { purpose, channel } = consent;
  const law = lawfulness(purpose, channel, facts.consents, rules.consentPolicy, { at, lastPurchaseAt: facts.figures.lastPurchaseAt });
  return law.lawful ? null : refuse(law.reason === 'denied' ? 'entry.consentDenied' : 'entry.noConsent', { purpose, channel, ...(law.since === null ? {} : { since: law.since }) });
}

type Capped = Pick<Plan, 'journeyId'> & { journey: Plan['journey'] };

/** How full the journey is at `at`; null without a cap. Who has entered must be counted by `countEntry`. */
export function entriesInWindow({ journeyId, journey }: Capped, { shared, rules }: Pick<EntryContext, 'shared' | 'rules'>, at: Instant): { key: string; since: Instant; entered: number } | null {
  const { cap } = journey.entry;
  if (!cap) return null;
  const since = capWindow(cap, at, rules.timeZone);
  const key = entryCountKey(journeyId, since);
  return { key, since, entered: shared.entryCounts[key] ?? 0 };
}

/** Takes one place of the cap, so that the next customer of the same burst finds it taken. */
export function countEntry(plan: Capped, context: Pick<EntryContext, 'shared' | 'rules'>, at: Instant): void {
  const window = entriesInWindow(plan, context, at);
  if (window) context.shared.entryCounts[window.key] = window.entered + 1;
}

function decideCap(plan: Plan, context: EntryContext, at: Instant, decision: EntryDecision): EntryDecision {
  const { cap } = plan.journey.entry;
  const window = decision.kind === 'enter' ? entriesInWindow(plan, context, at) : null;
  return cap && window && window.entered >= cap.maximum ? refuse(`entry.full.${cap.per}`, { maximum: cap.maximum }) : decision;
}

/**
 * The decision for an event that matches the journey's trigger. `register` holds this customer's earlier entries into the journey, oldest first.
 * A refusal is an outcome with a reason (§1.6), never an error. The cap comes last: only who would otherwise enter is refused by it.
 */
export function decideEntry(plan: Plan, event: CustomerEvent, context: EntryContext, register: RegisterLine[]): EntryDecision {
  const { facts } = context;
  const { entry } = plan.journey;
  const at = event.acceptedAt;
  if (event.depth >= MAXIMUM_EVENT_DEPTH) return refuse('event.tooDeep', { depth: event.depth });
  if (at - event.occurredAt > entry.maximumEventAgeHours * HOUR_MS) {
    return refuse('event.tooOld', { occurredAt: event.occurredAt, maximumEventAgeHours: entry.maximumEventAgeHours });
  }
  if (entry.audience && !matchesCondition(entry.audience, conditionSubject(facts, eventInHand(event), {}), at)) return refuse('audience');
  return refuseConsent(plan, context, at) ?? decideCap(plan, context, at, decideReentry(plan, event, register, at, facts.zone));
}
