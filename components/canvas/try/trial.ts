/** What trying a journey on somebody starts from, as the API answers it, and how the steps taken so far are drawn on the canvas. */
import { CHANNELS, type Channel } from '#domain/customers/channels.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import type { WorkspaceRules } from '#domain/enrollments/facts.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from '#domain/simulation/person.ts';
import type { Supposition } from '#domain/simulation/suppose.ts';
import type { TryInput } from '#domain/simulation/try-journey.ts';
import type { TryStep } from '#domain/simulation/try-step.ts';
import { api } from '#components/api-client.ts';
import { portKey, type PathOf } from '#components/canvas/journey-path.ts';

export type TrialFacts = {
  now: Instant; currency: string; customer: SimulatedCustomer | null; rules: WorkspaceRules; stores: { externalId: string; id: string; zone: string }[];
  templates: { key: string; channel: string; languages: string[]; number: number }[]; offerStock: Record<string, number | null>; entryCounts: Record<string, number>;
};

/** An invented person, as the form holds them. */
export type Invented = { id: string; firstName: string; city: string; language: string; agrees: Record<Channel, boolean> };

export const readTrial = (journeyId: string, customerId: string | null): Promise<TrialFacts> => api.get<TrialFacts>(`/journeys/${journeyId}/trial`, { customerId });

export function inventCustomer({ id, firstName, city, language, agrees }: Invented): SimulatedCustomer {
  return {
    id, identifiers: [{ kind: 'email', value: 'invented@customer.test' }, { kind: 'phone', value: '+33639980042' }],
    profile: CustomerProfile.parse({ ...(firstName && { firstName }), ...(city && { city }), ...(language && { language }) }), figures: CustomerFigures.parse({}),
    consents: CHANNELS.map((channel) => ({ purpose: 'marketing', channel, state: agrees[channel] ? 'granted' : 'denied', source: 'invented', at: 0 })),
    balances: {}, vouchers: [], pressure: [], history: [], register: [], stopped: {},
  };
}

export function inputOf(facts: TrialFacts, journey: Journey, journeyId: string, customer: SimulatedCustomer, suppositions: readonly Supposition[]): TryInput {
  return {
    journey, journeyId, versionNumber: 0, rules: facts.rules, currency: facts.currency, offerStock: facts.offerStock, entryCounts: facts.entryCounts, customer, suppositions,
    templates: new Map(facts.templates.map(({ key, ...template }) => [key, template])), stores: new Map(facts.stores.map(({ externalId, ...store }) => [externalId, store])),
  };
}

/** The way taken by these steps, for the canvas. */
export function pathOfSteps(steps: readonly TryStep[], customerId: string): PathOf {
  const path: PathOf = { customerId, name: null, here: null, passed: {}, ports: {}, lastAt: {}, ending: null, tried: true };
  const count = (counts: Record<string, number>, key: string): void => void (counts[key] = (counts[key] ?? 0) + 1);
  for (const step of steps) {
    if (step.nodeId === null || step.kind === 'message') continue;
    path.here = step.nodeId;
    path.lastAt[step.nodeId] = formatInstant(step.at);
    if (step.kind === 'entered') {
      count(path.passed, 'entry');
      count(path.ports, portKey('entry', 'next'));
    } else if (step.kind === 'passed' || step.kind === 'failed') {
      count(path.passed, step.nodeId);
      count(path.ports, portKey(step.nodeId, step.kind === 'failed' ? 'error' : step.port));
    } else if (step.kind === 'ended') {
      path.ending = step.ending;
      path.here = null;
    }
  }
  return path;
}

/** The last step from which a message left, among those taken. */
export const lastSentFrom = (steps: readonly TryStep[]): string | null => steps.findLast((step) => step.kind === 'message' && step.status === 'sent')?.nodeId ?? null;
