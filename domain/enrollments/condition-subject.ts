/** How conditions see a customer: the burst's facts, the event in hand and the enrollment's variables as one subject. */
import type { ConditionSubject } from '#domain/audiences/matches.ts';
import type { CustomerFacts } from './facts.ts';
import type { EventInHand } from './state.ts';

export function conditionSubject(facts: CustomerFacts, event: EventInHand | null, variables: Record<string, unknown>): ConditionSubject {
  return {
    customer: facts.profile,
    figures: facts.figures,
    consents: facts.consents,
    balances: facts.balances,
    vouchers: facts.vouchers,
    history: facts.history,
    standing: facts.standing,
    event: event ?? undefined,
    variables,
  };
}
