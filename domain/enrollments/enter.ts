/** Takes a customer into a journey, or leaves the line that says why not (§1.6): by an event that its trigger names, or because a person or a key asks (§1.1). */
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { matcherOf, storesOf } from '#domain/journeys/trigger.ts';
import type { Instant } from '#domain/shared/time.ts';
import { trace, type Burst } from './burst.ts';
import { countEntry, decideEntry, type EntryContext, type EntryDecision, type RegisterLine } from './decide-entry.ts';
import type { Reason } from './effects.ts';
import { isHeldOut } from './holdout.ts';
import { eventInHand, happenedIn } from './match-event.ts';
import { ENROLLMENT_FORMAT, type Enrollment } from './state.ts';

export const ENTERED_BY = ['person', 'api'] as const;
export type EnteredBy = (typeof ENTERED_BY)[number];

/** What is in hand of somebody who entered by hand or by a key: no event of theirs, but what was given along. */
export const BY_HAND = 'journey.entry';

/** `entryId` names this one wish, so that the same wish never takes the same customer in twice. */
export type EnterCommand = { kind: 'enter'; journeyId: string; entryId: string; by: EnteredBy; properties: Record<string, unknown> };

const wish = ({ entryId, properties }: Pick<EnterCommand, 'entryId' | 'properties'>, at: Instant): CustomerEvent =>
  ({ id: entryId, no: 0, type: BY_HAND, source: 'system', occurredAt: at, acceptedAt: at, storeId: null, historical: false, properties, depth: 0 });

const refused = (code: string): EntryDecision => ({ kind: 'refuse', reason: { code } });

/** The decision for somebody at `at` by everything but the trigger: the audience, the consent asked for, the re-entry rule, the cap and the state of the journey. `plan` is the version that takes entries, undefined when none does. */
export function decideBesideTrigger(plan: Plan | undefined, asked: Pick<EnterCommand, 'entryId' | 'properties'>, context: EntryContext, register: RegisterLine[], at: Instant): EntryDecision {
  if (!plan?.takesEntries || plan.status !== 'live') return refused('journey.state');
  return plan.drains ? refused('journey.draining') : decideEntry(plan, wish(asked, at), context, register);
}

/** The decision for somebody who is to enter by hand or by a key at `at`: the trigger does not hold. A journey of some stores takes in nobody so: only what happened there (§11.8). */
export function decideByHand(...[plan, asked, context, register, at]: Parameters<typeof decideBesideTrigger>): EntryDecision {
  return plan && storesOf(plan.journey.entry.trigger) !== null ? refused('entry.onlyStores') : decideBesideTrigger(plan, asked, context, register, at);
}

/** The new enrollment, in the burst and with its line; null when the decision is a refusal, which has left its own. `data`: what brought the customer. */
function settleEntry(burst: Burst, plan: Pick<Plan, 'journeyId' | 'versionId' | 'journey'>, decision: EntryDecision, event: CustomerEvent, data: { refused: Record<string, unknown>; entered: Record<string, unknown> }): Enrollment | null {
  const at = event.acceptedAt;
  const { journeyId, versionId } = plan;
  if (decision.kind === 'refuse') {
    burst.traces.push({ journeyId, versionId, nodeId: null, visit: null, at, enrollmentId: null, kind: 'entryRefused', data: { reason: decision.reason, ...data.refused } });
    return null;
  }
  countEntry(plan, burst, at);
  const holdout = isHeldOut(plan.journey, burst.facts.customerId);
  const enrollment: Enrollment = {
    id: burst.newId(), journeyId, versionId, entryKey: decision.entryKey, burst: 0, enteredAt: at,
    state: {
      formatVersion: ENROLLMENT_FORMAT, visits: {}, steps: 0, entryEvent: eventInHand(event), event: eventInHand(event),
      variables: {}, waiting: null, checks: [], converted: false, ending: null, ...(holdout ? { heldOut: true as const } : {}),
    },
  };
  burst.enrollments.push(enrollment);
  burst.changed.add(enrollment);
  burst.passes.push({ versionId, nodeId: 'entry', port: '' });
  trace(burst, enrollment, { kind: 'entered', at, data: { ...data.entered, ...(holdout ? { heldOut: true } : {}) } });
  return enrollment;
}

/** Whether what brings the customer is an event of the stores that the trigger names, where it names any. */
const beginsThere = ({ journey: { entry: { trigger } } }: Plan, event: CustomerEvent, { rules }: Burst): boolean =>
  storesOf(trigger) === null || (event.type === matcherOf(trigger)?.type && happenedIn(trigger, event, rules));

/** An event that the trigger names, or a step of another journey that brings the customer here: that happened in no store. */
export function enterByEvent(burst: Burst, plan: Plan, event: CustomerEvent, register: RegisterLine[]): Enrollment | null {
  const decision = plan.drains ? refused('journey.draining') : beginsThere(plan, event, burst) ? decideEntry(plan, event, burst, register) : refused('entry.onlyStores');
  return settleEntry(burst, plan, decision, event, { refused: { eventId: event.id }, entered: { eventId: event.id, eventType: event.type } });
}

/** An occurrence of the calendar; `refusal` when it takes nobody in, whoever it is. */
export function enterByOccurrence(burst: Burst, plan: Plan, event: CustomerEvent, register: RegisterLine[], { refusal, startsAt }: { refusal: Reason | null; startsAt: string | null }): Enrollment | null {
  const decision: EntryDecision = refusal ? { kind: 'refuse', reason: refusal } : plan.drains ? refused('journey.draining') : decideEntry(plan, event, burst, register);
  const told = { occurrence: event.id, date: event.properties['date'] };
  return settleEntry(burst, plan, decision, event, { refused: told, entered: { ...told, eventType: event.type, ...(startsAt === null ? {} : { startsAt }) } });
}

/** A wish of a person or a key, after everything pending. */
export function enterByHand(burst: Burst, plan: Plan | undefined, command: EnterCommand, register: RegisterLine[]): Enrollment | null {
  const decision = decideByHand(plan, command, burst, register, burst.now);
  const event = wish(command, burst.now);
  if (!plan) {
    burst.traces.push({ journeyId: command.journeyId, versionId: null, nodeId: null, visit: null, at: burst.now, enrollmentId: null, kind: 'entryRefused', data: { reason: { code: 'journey.state' }, by: command.by } });
    return null;
  }
  return settleEntry(burst, plan, decision, event, { refused: { by: command.by }, entered: { by: command.by } });
}
