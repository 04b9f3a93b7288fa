/** What a step that speaks to the outside or to the staff may name: the variables of messages, with the facts of its instant. */
import type { StepInput } from '#domain/journeys/node-kind.ts';
import { messageFacts } from '#domain/messages/message-facts.ts';

/** The names that a place may begin with. */
export const STEP_ROOTS = ['customer', 'balances', 'balance', 'event', 'variables', 'brand', 'now'] as const;

export function stepVariables({ facts, enrollment, rules, at }: Pick<StepInput<unknown>, 'facts' | 'enrollment' | 'rules' | 'at'>): Record<string, unknown> {
  const { state } = enrollment;
  const { links: _links, products: _products, voucher: _voucher, vouchers: _vouchers, ...known } = messageFacts(
    { profile: facts.profile, balances: facts.balances, context: { event: state.event, variables: state.variables, vouchers: [] }, brand: rules.sender, zone: facts.zone, now: at }, { preferences: '', unsubscribe: '' });
  return { ...known, customer: { ...facts.profile.attributes, ...facts.profile, id: facts.customerId } };
}
