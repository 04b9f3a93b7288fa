/**
 * Tries one journey on one person (§12.3): the simulator's own functions over their facts, with what one supposes of them on the way. It is run anew
 * for each supposition; what happened before that moment comes out the same, so whoever steps through goes on from where they are.
 */
import { explainCondition } from '#domain/audiences/explain-condition.ts';
import { matchesCondition } from '#domain/audiences/matches.ts';
import type { Condition } from '#domain/audiences/condition.ts';
import { conditionSubject } from '#domain/enrollments/condition-subject.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import type { EventInHand } from '#domain/enrollments/state.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { measurePolicy } from '#domain/pressure/measure-policy.ts';
import type { Problem } from '#domain/shared/result.ts';
import { DAY_MS, type Instant } from '#domain/shared/time.ts';
import { lookAhead } from './advance-person.ts';
import { factsOf, openPerson, type Person, type SimulatedCustomer } from './person.ts';
import { nextMoment, settlePerson } from './settle-person.ts';
import type { SimulatedLine } from './simulated-line.ts';
import { postedEvent, suppose, type Supposition } from './suppose.ts';
import { takeInEvents, type TakeInInput } from './take-in-events.ts';
import { stepOfLine, type TryStep } from './try-step.ts';
import { openWorld, type World, type WorldInput } from './world.ts';

export type TryInput = Omit<WorldInput, 'journeys' | 'storeZones'> & {
  journey: Journey;
  journeyId: string;
  versionNumber: number;
  stores: NonNullable<TakeInInput['stores']>;
  currency: string;
  /** In the state of the first supposition. */
  customer: SimulatedCustomer;
  suppositions: readonly Supposition[];
};

/** Five years: a longer wait ends the trial before it does. */
const LONGEST_MS = 1_827 * DAY_MS;
/** A journey that goes round without end is cut here. */
const MOST_STEPS = 400;

type Before = { facts: CustomerFacts; event: EventInHand | null };

/** Why a condition went this way, by the facts as they were or, after other steps of the moment, as they have become; empty when neither tells. */
function becauseOf(journey: Journey, nodeId: string, port: string, at: Instant, looks: readonly Before[]): ReturnType<typeof explainCondition> {
  const node = journey.nodes.find(({ id }) => id === nodeId);
  if (node?.kind !== 'condition') return [];
  const condition: Condition = node.settings.condition;
  const subjects = looks.map(({ facts, event }) => conditionSubject(facts, event, {}));
  const subject = subjects.find((each) => matchesCondition(condition, each, at) === (port === 'yes'));
  return subject ? explainCondition(condition, subject, at) : [];
}

/** Steps in the order in which they happen, of customers who enter when the first supposition lets them; the same input gives the same steps. */
export function tryJourney(input: TryInput): TryStep[] {
  const { journey, journeyId, versionNumber, rules, stores, currency, customer } = input;
  const suppositions = input.suppositions.map((supposed, index) => ({ supposed, index })).sort((a, b) => a.supposed.at - b.supposed.at || a.index - b.index);
  const from = suppositions[0]?.supposed.at;
  if (from === undefined) return [];
  const to = from + LONGEST_MS;
  const steps: TryStep[] = [];
  const refused = new Map<string, Problem[]>();
  const context: { person: Person | null; before: CustomerFacts | null; event: EventInHand | null } = { person: null, before: null, event: null };
  const say = (line: SimulatedLine): void => {
    if (line.kind === 'event' && line.outcome !== 'accepted') refused.set(line.id ?? '', line.problems);
    const { person, before, event } = context;
    if (!person || !before) return;
    const inHand = person.enrollments[0]?.state.event ?? event;
    const step = stepOfLine(line, {
      event: () => inHand,
      because: (nodeId, port, at) => becauseOf(journey, nodeId, port, at, [{ facts: before, event: inHand }, { facts: factsOf(world, person, at), event: inHand }, { facts: before, event }]),
      limits: (at) => { const { pressure, zone } = factsOf(world, person, at); return measurePolicy(rules.policy, pressure, at, zone); },
    });
    if (step) steps.push(step);
  };
  const storeZones = new Map([...stores.values()].map(({ id, zone }) => [id, zone]));
  const world: World = openWorld({ ...input, journeys: [{ journeyId, versionId: journeyId, versionNumber, journey }], storeZones }, { say, tellsMessages: true, countPasses: () => {} });
  const events = suppositions.flatMap(({ supposed, index }) => postedEvent(supposed, index, customer.id) ?? []);
  const { programmes, country, timeZone } = rules;
  const { arrivals } = takeInEvents({ customers: [customer], events, programmes, stores, currency, country, timeZone, from, to }, say, world.newId);
  const person = openPerson(customer, arrivals.get(customer.id) ?? []);
  context.person = person;
  lookAhead(world, person, from);
  let told = 0;
  while (steps.length < MOST_STEPS) {
    const now = Math.min(nextMoment(person) ?? Infinity, suppositions[told]?.supposed.at ?? Infinity);
    if (now > to) break;
    const arrived = person.arrivals[person.arrived];
    context.before = { ...factsOf(world, person, now), profile: person.profile, figures: arrived?.at === now && arrived.figures ? arrived.figures : person.figures };
    for (let next = suppositions[told]; next && next.supposed.at <= now; next = suppositions[told]) {
      told += 1;
      steps.push({ kind: 'supposed', at: now, nodeId: null, index: next.index, problems: refused.get(`try-${next.index + 1}`) ?? [] });
      context.event = suppose(world, person, next.supposed) ?? arrived?.events.at(-1) ?? context.event;
    }
    settlePerson(world, person, now);
  }
  return steps;
}
