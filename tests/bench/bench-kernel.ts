/** The pure kernel: steps per second of `advanceCustomer`, and a simulation of many customers, thirty days and five journeys under pressure; one core, no server. */
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { advanceCustomer } from '#domain/enrollments/advance-customer.ts';
import { Kernel } from '#domain/enrollments/kernel-for-test.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { stableHash } from '#domain/shared/stable-hash.ts';
import { DAY_MS, formatInstant } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from '#domain/simulation/person.ts';
import { simulate } from '#domain/simulation/simulate.ts';
import { round } from '#tests/bench/bench-stack.ts';

export type KernelFigures = {
  stepsPerSecond: number;
  simulation: { customers: number; days: number; journeys: number; events: number; moments: number; messages: number; capped: number; seconds: number; cpuSeconds: number; momentsPerSecond: number; peakMemoryMb: number };
};

const FROM = Date.UTC(2026, 5, 1, 6);
const DAYS = 30;
const EVENTS_EACH = 4;
const POINTS = LoyaltyProgramme.parse({ key: 'points', name: { en: 'Points' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } } });

const mail = (id: string, category: string, next: string | null) => ({ id, kind: 'sendEmail', settings: { templateKey: 'mail', category }, next: { next } });
const wait = (id: string, days: number, next: string) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: days, unit: 'calendarDays' } }, next: { next } });

/** Five journeys on two kinds of event: a split, a condition, points, a wait for an event, and two messages each. */
const JOURNEYS = Array.from({ length: 5 }, (_, index) => ({
  journeyId: `journey-${index}`, versionId: `journey-${index}`, versionNumber: 1,
  journey: Journey.parse({
    formatVersion: 1, key: `journey-${index}`, name: `Journey ${index}`,
    entry: { trigger: { kind: 'event', event: { type: index % 2 === 0 ? 'purchase' : 'visit' } }, reentry: { mode: 'afterExit' }, next: 'split' },
    exits: [{ on: 'event', event: { type: 'return' } }],
    nodes: [
      { id: 'split', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }] }, next: { a: 'first', b: 'wait' } },
      mail('first', 'information', 'wait'), wait('wait', index + 1, 'bought'),
      { id: 'bought', kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 2 } }, next: { yes: 'gift', no: 'second' } },
      { id: 'gift', kind: 'givePoints', settings: { programmeKey: 'points', points: 20 }, next: { next: 'second' } },
      mail('second', 'promotion', 'again'),
      { id: 'again', kind: 'waitForEvent', settings: { event: { type: 'purchase' }, timeout: { amount: 5, unit: 'calendarDays' } }, next: {} },
    ],
  }),
}));

function measureSteps(): number {
  const walk = Array.from({ length: 20 }, (_, index) => ({ id: `n${index}`, kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next: { yes: `n${index + 1}`, no: `n${index + 1}` } }));
  const kernel = new Kernel().publish(Journey.parse({
    formatVersion: 1, key: 'walk', name: 'Walk', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'n0' }, nodes: [...walk, { id: 'n20', kind: 'exit', settings: {} }],
  }));
  const event = kernel.event('visit');
  const run = (times: number): number => {
    let steps = 0;
    for (let time = 0; time < times; time += 1) {
      const { enrollments } = advanceCustomer({
        plans: kernel.plans, listens: new Set(['visit']), facts: { ...kernel.facts, history: [] }, shared: kernel.shared, rules: kernel.rules, enrollments: [], alarms: [], register: [], events: [{ event }], commands: [],
        now: kernel.now, newId: () => 'one',
      });
      for (const { state } of enrollments) steps += state.steps;
    }
    return steps;
  };
  run(2_000);
  const since = performance.now();
  return (run(20_000) * 1_000) / (performance.now() - since);
}

const customerOf = (index: number): SimulatedCustomer => ({
  id: `customer-${String(index).padStart(7, '0')}`, identifiers: [{ kind: 'externalId', value: String(index) }, { kind: 'email', value: `c${index}@bench.test` }],
  profile: CustomerProfile.parse({ country: 'FR' }), figures: CustomerFigures.parse({}), consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'bench', at: 0 }],
  balances: {}, vouchers: [], pressure: [], history: [], register: [], stopped: {},
});

/** An event at an instant that only its customer and number decide. */
function eventOf(customer: number, number: number) {
  const acceptedAt = FROM + Math.floor(stableHash('bench', String(customer), String(number)) * 20 * DAY_MS);
  const id = `${customer}-${number}`;
  const body = number % 2 === 0 ? { type: 'purchase', properties: { orderId: id, amountMinor: 4_900, currency: 'EUR' } } : { type: 'visit', properties: { page: 'boots' } };
  return { acceptedAt, input: { id, occurredAt: formatInstant(acceptedAt), customer: { externalId: String(customer) }, ...body } };
}

/** `customers` of them; time and memory count from the made input to the summary. */
export function benchKernel(customers: number): KernelFigures {
  const stepsPerSecond = round(measureSteps());
  const people = Array.from({ length: customers }, (_, index) => customerOf(index));
  const events = people.flatMap((_, customer) => Array.from({ length: EVENTS_EACH }, (__, number) => eventOf(customer, number)));
  const since = performance.now();
  const cpuSince = process.cpuUsage();
  const going = simulate({
    journeys: JOURNEYS, customers: people, events, stores: null, currency: 'EUR', templates: null, offerStock: {}, from: FROM, to: FROM + DAYS * DAY_MS,
    rules: { workspaceId: 'bench', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', sender: 'Bench', consentPolicy: { softOptIn: null }, policy: DEFAULT_PRESSURE_POLICY, programmes: [POINTS], offers: {} },
  });
  let step = going.next();
  while (!step.done) step = going.next();
  const seconds = (performance.now() - since) / 1_000;
  const cpu = process.cpuUsage(cpuSince);
  const { moments, volume, refusals } = step.value;
  return {
    stepsPerSecond,
    simulation: {
      customers, days: DAYS, journeys: JOURNEYS.length, events: events.length, moments, messages: volume.reduce((sum, each) => sum + each.messages, 0),
      capped: refusals.filter(({ code }) => code === 'capped').reduce((sum, each) => sum + each.messages, 0),
      seconds: round(seconds, 1), cpuSeconds: round((cpu.user + cpu.system) / 1_000_000, 1), momentsPerSecond: round(moments / seconds), peakMemoryMb: round(process.resourceUsage().maxRSS / 1_024),
    },
  };
}
