/** Why a customer is or is not in a journey (§12.1): each line of its entry with its own answer as it is now, decided by the kernel's own functions. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { explainCondition, type ExplainedPart } from '#domain/audiences/explain-condition.ts';
import { lawfulness } from '#domain/customers/consent.ts';
import { conditionSubject } from '#domain/enrollments/condition-subject.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import type { Reason } from '#domain/enrollments/effects.ts';
import { entriesInWindow } from '#domain/enrollments/decide-entry.ts';
import { decideBesideTrigger } from '#domain/enrollments/enter.ts';
import { isHeldOut } from '#domain/enrollments/holdout.ts';
import { eventInHand, happenedIn } from '#domain/enrollments/match-event.ts';
import { compileJourney } from '#domain/journeys/compile.ts';
import { Journey, type EntryConsent } from '#domain/journeys/definition.ts';
import type { EntryCap } from '#domain/journeys/entry-cap.ts';
import { occurrencesAround, subjectsOf } from '#domain/journeys/occurrences.ts';
import { isTimed, matcherOf, storesOf, type Trigger } from '#domain/journeys/trigger.ts';
import type { Instant } from '#domain/shared/time.ts';
import { readEntryCounts } from '#engine/burst/entry-counts.ts';
import { loadEnrollments, readEvent, readNow } from '#engine/burst/gather.ts';
import { loadFacts } from '#engine/burst/load-facts.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';

/** `nextAt` is null when none lies ahead. */
export type Moment = { whose: 'customer' | 'relative' | 'contract'; name: string | null; date: string; nextAt: Instant | null };

export type EntryExplanation = {
  /** `mayEnter`: nothing but the trigger is missing. */
  state: 'inside' | 'mayEnter' | 'refused';
  reason: Reason | null;
  heldOut: boolean;
  entries: number;
  lastEnteredAt: Instant | null;
  /** The last event of the trigger's type, of its stores when there is one, and how its comparisons answer to it; `happened` is null when the trigger is no event, `inStores` when it names no stores. */
  trigger: { happened: boolean | null; type: string | null; lastAt: Instant | null; inStores: boolean | null; where: ExplainedPart[] };
  /** Of a journey that begins by the calendar: when each of the customer's dates comes round next; empty when no date is known. Null for one that begins by an event. */
  moments: Moment[] | null;
  audience: ExplainedPart[];
  /** The consent that the entry asks for, as it is in force; null when it asks for none. */
  consent: (EntryConsent & { holds: boolean }) | null;
  /** How full the journey is in the window of now; null without a cap. */
  cap: (EntryCap & { entered: number; since: Instant | null }) | null;
  refusals: { at: Date; reason: Reason }[];
};

const Refusal = z.object({ at: z.date(), reason: z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() }).transform(({ code, figures }): Reason => (figures ? { code, figures } : { code })) });
const MOST_REFUSALS = 5;

/** The next moments of this customer, by their facts as they are now. */
function momentsOf(trigger: Trigger, facts: CustomerFacts, now: Instant): Moment[] | null {
  if (!isTimed(trigger)) return null;
  return subjectsOf(trigger, facts, facts.zone).map((subject) => {
    const { next } = occurrencesAround(trigger, subject, facts.zone, now);
    const { firstName, reference, relativeId, contractId } = subject.properties;
    return {
      whose: relativeId ? 'relative' : contractId ? 'contract' : 'customer', name: typeof firstName === 'string' ? firstName : typeof reference === 'string' ? reference : null,
      date: next?.date ?? subject.date.toString(), nextAt: next?.dueAt ?? null,
    };
  });
}

/** Answers which of the two does not exist when one does not. Nothing is changed. */
export async function explainEntry(transaction: Transaction, workspaceId: string, journeyId: string, customerId: string): Promise<EntryExplanation | 'journey' | 'customer'> {
  const [row] = await transaction<{ draft: unknown }[]>`select draft from journeys where id = ${journeyId}`;
  if (!row) return 'journey';
  const [workspace, now, { active, register }] = await Promise.all([loadWorkspace(transaction, workspaceId), readNow(transaction, workspaceId), loadEnrollments(transaction, [customerId])]);
  const plan = [...workspace.plans.values()].find((each) => each.journeyId === journeyId && each.takesEntries)
    ?? compileJourney(Journey.parse(row.draft), { journeyId, versionId: journeyId, versionNumber: 0, status: 'stopped', takesEntries: false });
  const { entry } = plan.journey;
  const facts = (await loadFacts(transaction, workspace, [plan], [customerId], new Map([[customerId, Number.MAX_SAFE_INTEGER]]), now)).get(customerId);
  if (!facts) return 'customer';
  const matcher = matcherOf(entry.trigger);
  const events = matcher ? await transaction<Parameters<typeof readEvent>[0][]>`select * from events where customer_id = ${customerId} and type = ${matcher.type} and no is not null
     order by (store_id is not null and store_id = any(${(storesOf(entry.trigger) ?? []).flatMap((key) => workspace.storeIds.get(key) ?? [])}::uuid[])) desc, no desc limit 1` : [];
  const last = events[0] ? readEvent(events[0]) : null;
  const mine = (register.get(customerId) ?? []).filter((line) => line.journeyId === journeyId);
  const inHand = last ? eventInHand(last) : null;
  const subject = conditionSubject(facts, inHand, {});
  const { rules } = workspace;
  const context = { facts, rules, shared: { offerStock: {}, entryCounts: await readEntryCounts(transaction, [plan], rules.timeZone, now) } };
  const decision = decideBesideTrigger(plan, { entryId: 'asked', properties: last?.properties ?? {} }, context, mine, now);
  const window = entriesInWindow(plan, context, now);
  const inside = (active.get(customerId) ?? []).some((enrollment) => enrollment.journeyId === journeyId);
  const refusals = await transaction`
    select at, data -> 'reason' as reason from traces where customer_id = ${customerId} and journey_id = ${journeyId} and kind = 'entryRefused' order by at desc, id desc limit ${MOST_REFUSALS}`;
  return {
    state: inside ? 'inside' : decision.kind === 'refuse' ? 'refused' : 'mayEnter',
    reason: decision.kind === 'refuse' ? decision.reason : null,
    heldOut: isHeldOut(plan.journey, customerId),
    entries: mine.length, lastEnteredAt: mine.at(-1)?.enteredAt ?? null,
    trigger: { happened: matcher ? last !== null : null, type: matcher?.type ?? null, lastAt: last?.occurredAt ?? null, inStores: last && storesOf(entry.trigger) ? happenedIn(entry.trigger, last, rules) : null, where: matcher?.where && last ? explainCondition(matcher.where, subject, now) : [] },
    moments: momentsOf(entry.trigger, facts, now),
    consent: entry.consent ? { ...entry.consent, holds: lawfulness(entry.consent.purpose, entry.consent.channel, facts.consents, rules.consentPolicy, { at: now, lastPurchaseAt: facts.figures.lastPurchaseAt }).lawful } : null,
    cap: entry.cap && window ? { ...entry.cap, entered: window.entered, since: entry.cap.per === 'ever' ? null : window.since } : null,
    audience: entry.audience ? explainCondition(entry.audience, subject, now) : [],
    refusals: refusals.map((each) => Refusal.parse(each)),
  };
}
