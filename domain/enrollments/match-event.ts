/** Whether an event is the one that an author named. */
import { matchesCondition } from '#domain/audiences/matches.ts';
import type { CustomerEvent, EventMatcher } from '#domain/events/customer-event.ts';
import { conditionSubject } from './condition-subject.ts';
import { storesOf, type Trigger } from '#domain/journeys/trigger.ts';
import type { CustomerFacts, WorkspaceRules } from './facts.ts';
import type { EventInHand } from './state.ts';

/** The event as conditions and messages will see it later. */
export const eventInHand = (event: CustomerEvent): EventInHand => ({
  id: event.id,
  type: event.type,
  occurredAt: event.occurredAt,
  storeId: event.storeId,
  properties: event.properties,
});

export function matchesEvent(matcher: EventMatcher, event: CustomerEvent, facts: CustomerFacts, variables: Record<string, unknown>): boolean {
  if (matcher.type !== event.type) return false;
  return !matcher.where || matchesCondition(matcher.where, conditionSubject(facts, eventInHand(event), variables), event.acceptedAt);
}

/** Whether an event happened where a trigger says; one of no store happened in none of those that it names (§11.8). */
export function happenedIn(trigger: Trigger, { storeId }: Pick<CustomerEvent, 'storeId'>, { storeKeys = {} }: Pick<WorkspaceRules, 'storeKeys'>): boolean {
  const stores = storesOf(trigger);
  const key = storeId === null ? undefined : storeKeys[storeId];
  return stores === null || (key !== undefined && stores.includes(key));
}
