/**
 * Simulation that is production on another clock (§12.3): journeys run over customers and events in memory, on a virtual clock, through the very
 * functions that the engine runs. It reads nothing, sends nothing, and the same input gives the same lines.
 *
 * Customers share nothing but the stock of offers, caps on entries and the tests of splits, so each is lived through alone, from the first instant to the last, unless one of them makes
 * the order between them matter: then all are taken along together. An enrollment's id is the simulation's own; what chance decides (splits, the place
 * within an opening minute) hangs on customer, journey and node, whose ids are production's.
 */
import type { Instant } from '#domain/shared/time.ts';
import { lookAhead } from './advance-person.ts';
import { openPerson, type Person, type SimulatedCustomer } from './person.ts';
import { nextMoment, settlePerson } from './settle-person.ts';
import type { SimulatedLine } from './simulated-line.ts';
import { takeInEvents, type SimulatedEvent, type TakeInInput } from './take-in-events.ts';
import { Tally, type SimulationSummary } from './tally.ts';
import { openWorld, type World, type WorldInput } from './world.ts';

export type SimulationInput = Omit<WorldInput, 'storeZones'> & {
  /** Each in the state of `from`. */
  customers: readonly SimulatedCustomer[];
  events: readonly SimulatedEvent[];
  stores: TakeInInput['stores'];
  schemas?: TakeInInput['schemas'];
  currency: string;
  from: Instant;
  /** What is due at this very instant still happens. */
  to: Instant;
};

/** From 0 to 1, and how many instants of customers have been settled. */
export type SimulationProgress = { done: number; moments: number };

/** So often a page is told how far it is and may stop. */
const MOMENTS_PER_STEP = 256;

/** Those who wait for their next moment, the earliest first; of one instant in the order of their ids. */
class Agenda {
  private readonly heap: { at: Instant; place: number; person: Person }[] = [];

  private isBefore(left: number, right: number): boolean {
    const [a, b] = [this.heap[left]!, this.heap[right]!];
    return a.at < b.at || (a.at === b.at && a.place < b.place);
  }

  private swap(left: number, right: number): void {
    [this.heap[left], this.heap[right]] = [this.heap[right]!, this.heap[left]!];
  }

  put(person: Person, place: number, at: Instant): void {
    let index = this.heap.push({ at, place, person }) - 1;
    for (let parent = (index - 1) >> 1; index > 0 && this.isBefore(index, parent); parent = (index - 1) >> 1) {
      this.swap(index, parent);
      index = parent;
    }
  }

  take(): { at: Instant; place: number; person: Person } | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (!first || !last || this.heap.length === 0) return first;
    this.heap[0] = last;
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (left < this.heap.length && this.isBefore(left, least)) least = left;
      if (right < this.heap.length && this.isBefore(right, least)) least = right;
      if (least === index) return first;
      this.swap(index, least);
      index = least;
    }
  }
}

/** Whether some journey can use up an offer that has a stock, or takes in so many only. */
const sharesPlaces = ({ plans, shared }: World): boolean =>
  [...plans.values()].some((plan) => (plan.takesEntries && plan.journey.entry.cap !== undefined) || plan.offerStock.some((key) => typeof shared.offerStock[key] === 'number'));

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Runs a simulation step by step: each yield says how far it is, the end is its summary. Whoever stops asking has cancelled it. `say` hears every line; without it the summary is made sooner. */
export function* simulate(input: SimulationInput, say?: (line: SimulatedLine) => void): Generator<SimulationProgress, SimulationSummary> {
  const { rules, from, to, stores } = input;
  const tally = new Tally(rules.policy, rules.timeZone, input.journeys);
  const hear = (line: SimulatedLine): void => {
    tally.hear(line);
    say?.(line);
  };
  const storeZones = new Map([...(stores?.values() ?? [])].map(({ id, zone }) => [id, zone]));
  const world = openWorld({ ...input, storeZones }, { say: hear, tellsMessages: say !== undefined, countPasses: (passes) => tally.countPasses(passes) });
  const { programmes, country, timeZone } = rules;
  const { customers, arrivals, taken } = takeInEvents({ customers: input.customers, events: input.events, programmes, stores, schemas: input.schemas, currency: input.currency, country, timeZone, from, to }, hear, world.newId);
  const inOrder = [...customers].sort(byId);
  const groups = sharesPlaces(world) || world.splits ? [inOrder] : inOrder.map((customer) => [customer]);
  const known = new Set(input.customers.map(({ id }) => id));
  let moments = 0;
  let done = 0;
  for (const group of groups) {
    const people = group.map((customer) => openPerson(customer, arrivals.get(customer.id) ?? []));
    const agenda = new Agenda();
    const plan = (person: Person, place: number): void => {
      const at = nextMoment(person);
      // A moment that passed before the run began is met at its beginning.
      if (at !== null && at <= to) agenda.put(person, place, Math.max(at, from));
    };
    for (const person of people) if (known.has(person.id)) lookAhead(world, person, from);
    people.forEach(plan);
    for (let next = agenda.take(); next; next = agenda.take()) {
      world.splits?.decide(next.at);
      settlePerson(world, next.person, next.at);
      plan(next.person, next.place);
      moments += 1;
      if (moments % MOMENTS_PER_STEP === 0) yield { done: groups.length > 1 ? done / groups.length : Math.min(1, Math.max(0, (next.at - from) / Math.max(1, to - from))), moments };
    }
    for (const person of people) {
      tally.close(person);
      arrivals.delete(person.id);
    }
    done += 1;
  }
  const wasInside = input.customers.reduce((sum, { enrollments = [] }) => sum + enrollments.length, 0);
  return { ...tally.summary(taken, moments), wasInside };
}

/** The summary of a whole run at once, for short ones. */
export function simulateAll(input: SimulationInput, say?: (line: SimulatedLine) => void): SimulationSummary {
  const run = simulate(input, say);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}
