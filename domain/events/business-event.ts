/** Events of the brand and not of one customer: a launch, back in stock, a price cut, an opening (§1.9). */
import { z } from 'zod';
import { matchesCondition } from '#domain/audiences/matches.ts';
import { conditionSubject } from '#domain/enrollments/condition-subject.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import { eventInHand, matchesEvent } from '#domain/enrollments/match-event.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import type { CustomerEvent } from './customer-event.ts';
import { PostedEvent } from './parse-event.ts';

/** What is posted: as any event, with an id of its own for ever, and without a customer. */
export const PostedBusinessEvent = PostedEvent.omit({ customer: true, historical: true });
export type PostedBusinessEvent = z.infer<typeof PostedBusinessEvent>;

/** What each concerned customer gets carries which event of the brand it was. */
export const businessProperties = (businessEventId: string, properties: Record<string, unknown>): Record<string, unknown> => ({ ...properties, businessEvent: businessEventId });

/** The journeys that a business event of this type can start: those whose trigger names it and that take entries. */
export const startedByBusiness = (plans: Iterable<Plan>, type: string): Plan[] =>
  [...plans].filter(({ takesEntries, status, journey: { entry: { trigger } } }) => takesEntries && status !== 'stopped' && trigger.kind === 'business' && trigger.event.type === type);

/** Whether a customer is concerned: the condition of the trigger and the audience of one of these journeys hold for them. Re-entry is decided when they enter. */
export function concernedBy(plans: readonly Plan[], event: CustomerEvent, facts: CustomerFacts): Plan[] {
  return plans.filter(({ journey: { entry } }) => entry.trigger.kind === 'business' && matchesEvent(entry.trigger.event, event, facts, {})
    && (!entry.audience || matchesCondition(entry.audience, conditionSubject(facts, eventInHand(event), {}), event.acceptedAt)));
}
