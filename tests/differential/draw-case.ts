/** Random journeys, customers and events for the comparison of simulation and production: every node kind, every system event that a journey can wait for. */
import fc from 'fast-check';
import { CHANNELS, type Channel } from '#domain/customers/channels.ts';
import type { Contract } from '#domain/customers/contracts.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import type { Relative } from '#domain/customers/relatives.ts';
import type { Condition } from '#domain/audiences/condition.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { NODE_KIND_NAMES, nodeKind, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { DAY_MS, dateOf, formatInstant, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '#domain/shared/time.ts';
import { STORES } from '#tests/differential/brand-rules.ts';

export type DrawnCustomer = {
  id: string; email: string | null; phone: string | null; profile: CustomerProfile; relatives: Relative[]; contracts: Contract[]; consents: { channel: Channel; state: 'granted' | 'denied' }[];
  /** The browsers that they have from the beginning, by what their push services do. */
  browsers: string[];
};
export type DrawnEvent = { acceptedAt: Instant; input: Record<string, unknown> };
export type DrawnCase = {
  startsAt: Instant;
  days: number;
  policy: PressurePolicy;
  stock: number | null;
  journeys: { journeyId: string; versionId: string; journey: Journey }[];
  customers: DrawnCustomer[];
  events: DrawnEvent[];
};

/** Some Mondays, nights, a change of clocks and a public holiday, in Paris. */
const STARTS = ['2026-06-15T08:00:00Z', '2026-06-19T19:30:00Z', '2026-03-27T20:00:00Z', '2026-10-24T14:00:00Z', '2026-07-13T18:10:00Z'].map((text) => Date.parse(text));
/** One time in so many; else undefined. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> => fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const uuid = (): fc.Arbitrary<string> => fc.noBias(fc.noShrink(fc.uuid({ version: 7 })));

const MERCHANT_TYPES = ['purchase', 'return', 'visit', 'joined'] as const;
const HEARD_TYPES = [...MERCHANT_TYPES, 'points.posted', 'customer.changed', 'offer.granted', 'offer.refused', 'consent.changed', 'message.sent', 'message.delivered', 'message.bounced', 'message.suppressed', 'message.failed'] as const;

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constant('figures.purchases'), is: fc.constant('atLeast' as const), value: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ field: fc.constant('balance.points'), is: fc.constantFrom('atLeast' as const, 'lessThan' as const), value: fc.constantFrom(10, 60, 120) }),
  fc.record({ field: fc.constant('customer.attributes.stage'), is: fc.constant('equals' as const), value: fc.constantFrom('one', 'two') }),
  fc.record({ field: fc.constantFrom('consent.email', 'consent.sms', 'voucher.gift.active'), is: fc.constant('equals' as const), value: fc.boolean() }),
  fc.record({ field: fc.constant('event.properties.page'), is: fc.constant('equals' as const), value: fc.constantFrom('boots', 'hats') }),
  fc.record({ event: fc.constantFrom('visit', 'purchase', 'message.delivered'), count: fc.constantFrom({ atLeast: 1 }, { atLeast: 2 }, { exactly: 0 }), withinDays: fc.constantFrom(1, 10) }),
);
const condition: fc.Arbitrary<Condition> = fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: fc.record({ not: leaf }) }, { weight: 1, arbitrary: fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 2 }) }) });
const matcher = (types: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ type: fc.constantFrom(...types), where: rarely(leaf, 5) }).map(({ type, where }) => (where ? { type, where } : { type }));

const duration = fc.constantFrom(
  { amount: 5, unit: 'minutes' }, { amount: 11, unit: 'minutes' }, { amount: 90, unit: 'minutes' }, { amount: 2, unit: 'hours' }, { amount: 30, unit: 'hours' },
  { amount: 1, unit: 'calendarDays' }, { amount: 3, unit: 'calendarDays' }, { amount: 1, unit: 'calendarWeeks' },
);
/** Without what was not drawn. */
const present = (settings: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

const message = (channel: Channel): fc.Arbitrary<Record<string, unknown>> => fc.record({
  templateKey: fc.oneof({ weight: 12, arbitrary: fc.constant(channel) }, { weight: 1, arbitrary: fc.constant('missing') }),
  category: fc.oneof({ weight: 8, arbitrary: fc.constant('promotion') }, { weight: 6, arbitrary: fc.constant('information') }, { weight: 2, arbitrary: fc.constant('transactional') }, { weight: 1, arbitrary: fc.constant('unheard-of') }),
  priority: rarely(fc.constantFrom(10, 40, 90), 3),
  whenCapped: fc.constantFrom({ kind: 'skip' }, { kind: 'hold', expiresAfterSeconds: 7_200 }, { kind: 'hold', expiresAfterSeconds: 4 * 86_400 }, { kind: 'exit' }, { kind: 'branch' }, { kind: 'otherChannel', channel: channel === 'email' ? 'sms' : 'email', templateKey: channel === 'email' ? 'sms' : 'email' }),
  expiresAfter: rarely(fc.constantFrom({ amount: 3, unit: 'hours' }, { amount: 2, unit: 'calendarDays' }), 4),
}).map(present);

/** A condition of its goal may ask of the event alone: of customers production asks what is known when it decides. Twenty people, the fewest that a test by number takes, are more than a case has. */
const splitTest = fc.record({
  goal: fc.constantFrom({ type: 'purchase' }, { type: 'visit' }, { type: 'message.delivered' }, { type: 'message.delivered' }, { type: 'message.delivered' }, { type: 'visit', where: { field: 'event.properties.page', is: 'equals', value: 'boots' } }),
  hours: fc.constantFrom({ within: 1, decide: 2 }, { within: 1, decide: 2 }, { within: 2, decide: 20 }, { within: 30, decide: 70 }),
}).map(({ goal, hours }) => ({ goal, withinHours: hours.within, decideAfter: { hours: hours.decide } }));

/** Settings of every kind; a kind that is new has to be drawn here before the comparison compiles. */
const SETTINGS: Record<NodeKind, fc.Arbitrary<Record<string, unknown>>> = {
  wait: fc.oneof(
    duration.map((each) => ({ mode: 'duration', duration: each })),
    fc.record({ mode: fc.constant('untilTimeOfDay'), timeOfDay: fc.constantFrom('09:00', '20:30'), weekdays: rarely(fc.constantFrom([1], [6, 7]), 3), after: rarely(duration, 3) }).map(present),
    fc.record({ mode: fc.constant('untilWindow'), hours: fc.constantFrom({ from: '09:00', to: '17:00' }, { from: '22:00', to: '02:00', weekdays: [5, 6] }), after: rarely(duration, 3) }).map(({ hours, ...rest }) => present({ ...rest, ...hours })),
    fc.constantFrom(
      { mode: 'untilDate', date: 'customer.birthDate', timeOfDay: '10:00', yearly: true }, { mode: 'untilDate', date: 'customer.attributes.stage', timeOfDay: '10:00', whenPast: 'branch' },
      { mode: 'untilDate', date: 'customer.birthDate', timeOfDay: '10:00', whenPast: 'exit' }, { mode: 'untilDate', date: 'customer.birthDate', timeOfDay: '08:30', yearly: true, offset: { amount: -3, unit: 'calendarDays' } },
      { mode: 'untilDate', date: 'event.properties.departure', timeOfDay: '12:00', whenPast: 'branch' }, { mode: 'untilDate', date: 'customer.attributes.renewal', timeOfDay: '00:00', offset: { amount: 1, unit: 'calendarWeeks' } },
      { mode: 'untilDate', date: 'event.properties.date', offset: { amount: 2, unit: 'calendarDays' }, timeOfDay: '11:00' },
    ),
    fc.constantFrom({ mode: 'untilBestHour', otherwise: '18:00' }, { mode: 'untilBestHour', otherwise: '11:00', weekdays: [2, 4] }),
  ),
  waitForEvent: fc.oneof(
    fc.record({ event: matcher(HEARD_TYPES), timeout: duration }),
    fc.record({ event: matcher(HEARD_TYPES), other: matcher(HEARD_TYPES), decide: fc.constantFrom('first', 'ranked'), timeout: duration }).map(({ other, ...rest }) => ({ ...rest, others: [{ key: 'other', event: other }] })),
    fc.record({ event: matcher(HEARD_TYPES), timeout: fc.constant(null) }),
  ),
  condition: fc.record({ condition }),
  randomSplit: fc.record({ branches: fc.constantFrom([{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }], [{ key: 'a', weight: 1 }, { key: 'b', weight: 3 }]), test: rarely(splitTest, 2) }).map(present),
  pressureCheck: fc.record({ category: fc.constantFrom('promotion', 'information'), channel: fc.constantFrom(...CHANNELS), priority: rarely(fc.constantFrom(10, 90), 3) }).map(present),
  sendEmail: message('email'),
  sendSms: message('sms'),
  sendWhatsapp: message('whatsapp'),
  sendLetter: message('letter'),
  sendCall: message('call'),
  sendPush: message('push'),
  givePoints: fc.record({ programmeKey: fc.constant('points'), points: fc.constantFrom(10, 50) }),
  // What is not there, or cannot be so, makes a step fail.
  grantOffer: fc.constantFrom({ offerKey: 'gift' }, { offerKey: 'gift' }, { offerKey: 'gift' }, { offerKey: 'toy' }),
  setAttribute: fc.oneof(fc.record({ attribute: fc.constant('stage'), value: fc.constantFrom('one', 'two') }), fc.constantFrom({ attribute: 'timeZone', value: 'Asia/Tokyo' }, { attribute: 'timeZone', value: 'Europe/Paris' }, { attribute: 'renewal', value: '2026-06-25' }, { attribute: 'birthDate', value: 'unknown' }, { attribute: 'country', value: 'JP' })),
  changeTag: fc.record({ tag: fc.constantFrom('vip', 'new'), does: fc.constantFrom('add', 'remove') }),
  emitEvent: fc.record({ type: fc.constantFrom('visit', 'review.asked'), properties: fc.constantFrom({}, { page: 'boots' }) }),
  createTask: fc.record({ title: fc.constantFrom('Ring {{ customer.id }} up', 'After {{ event.type }}'), assignedTo: fc.constantFrom('anyone', 'store', 'adviser'), dueIn: fc.constantFrom({ amount: 2, unit: 'hours' }, { amount: 1, unit: 'calendarWeeks' }) }),
  httpRequest: fc.record({ address: fc.constant('https://shop.example.com/{{ customer.id }}'), answer: fc.constantFrom({ status: 200, body: '{"page":"boots"}' }, { status: 404, body: '' }), lateAfter: rarely(fc.constant({ amount: 5, unit: 'minutes' }), 3) })
    .map(({ address, answer, lateAfter }) => ({ method: 'POST', address, headers: [], body: '{"who":"{{ customer.id }}"}', timeoutSeconds: 5, sandboxAnswer: answer, ...(lateAfter && { lateAfter }) })),
  joinJourney: fc.record({ journeyKey: fc.constantFrom('journey-0', 'journey-1', 'nobody') }),
  goal: fc.record({ event: matcher(HEARD_TYPES), then: fc.constantFrom('end', 'continue') }),
  exit: fc.constantFrom({}, { name: 'enough' }),
};
const WAITS = ['wait', 'waitForEvent'];

const kind = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('sendEmail' as const, 'sendSms' as const) }, { weight: 2, arbitrary: fc.constantFrom('wait' as const, 'waitForEvent' as const) }, { weight: 4, arbitrary: fc.constantFrom(...NODE_KIND_NAMES) });
type Sketch = { kind: NodeKind; settings: Record<string, unknown>; steps: number[]; back: boolean };
const sketch: fc.Arbitrary<Sketch> = kind.chain((each) => fc.record({
  kind: fc.constant(each), settings: SETTINGS[each], steps: fc.array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 }), back: fc.boolean().map((back) => back && WAITS.includes(each)),
}));

/** Every way out of a step, `error` the last where it can fail (§4.5). */
function portsOf(name: NodeKind, settings: Record<string, unknown>): string[] {
  const kind = nodeKind(name);
  return [...kind.ports(kind.settings.parse(settings)), ...(kind.canFail ? ['error'] : [])];
}

/** Ways lead forward, and from a wait sometimes back; a step of 0 leads nowhere. */
function nodesOf(sketches: readonly Sketch[]): Record<string, unknown>[] {
  return sketches.map(({ kind: each, settings, steps, back }, index) => {
    const ports = portsOf(each, settings);
    const target = (port: number): string | null => {
      const step = steps[port] ?? 0;
      if (back && port === 0 && step > 1 && settings['mode'] !== 'untilDate') return `n${Math.max(0, index - step)}`;
      const next = index + Math.max(step, port === 0 ? 1 : 0);
      return next > index && next < sketches.length ? `n${next}` : null;
    };
    return { id: `n${index}`, kind: each, settings, next: Object.fromEntries(ports.map((port, place) => [port, target(place)])) };
  });
}

/** Steps at the beginning of a journey by which a test comes to its end: on one branch only, what may be the goal happens, and whoever comes again meets the winner. */
const comparing = (test: Record<string, unknown>): Sketch[] => [
  { kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 1 }, { key: 'b', weight: 1 }], test }, steps: [1, 2, 0, 0], back: false },
  { kind: 'sendEmail', settings: { templateKey: 'email', category: 'transactional', whenCapped: { kind: 'skip' } }, steps: [1, 0, 0, 0], back: false },
];

const reentry = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ mode: 'onceEver' }) },
  { weight: 2, arbitrary: fc.constantFrom({ mode: 'afterExit' }, { mode: 'afterExit', minimumGap: { amount: 1, unit: 'calendarDays' }, gapFrom: 'start' }) },
  { weight: 2, arbitrary: fc.constantFrom({ mode: 'perPeriod', maximumEntries: 2, period: { amount: 1, unit: 'calendarWeeks' } }, { mode: 'perPeriod', maximumEntries: 5, period: { amount: 1, unit: 'calendarMonths' } }) },
  { weight: 1, arbitrary: fc.constant({ mode: 'perKey', property: 'orderId' }) },
);
const exit = fc.oneof(
  matcher(HEARD_TYPES).map((event) => ({ on: 'event', event })),
  condition.map((each) => ({ on: 'condition', condition: each })),
);

/** Dates of customers lie within some days of the beginning, so some moments are past, some come in a jump, and some lie beyond it. */
const timedTrigger = fc.oneof(
  fc.record({ of: fc.constantFrom({ whose: 'customer', field: 'birthDate' }, { whose: 'relative' }, { whose: 'relative', relation: 'child' }), offset: rarely(fc.record({ amount: fc.integer({ min: 1, max: 5 }), unit: fc.constant('calendarDays'), direction: fc.constantFrom('before', 'after') }), 2), timeOfDay: fc.constantFrom('09:00', '02:30') })
    .map(({ offset, ...rest }) => ({ kind: 'date', repeats: 'yearly', ...rest, ...(offset && { offset }) })),
  fc.constantFrom(
    { kind: 'date', of: { whose: 'contract', date: 'endsOn' }, repeats: 'once', offset: { amount: 2, unit: 'calendarDays', direction: 'before' }, timeOfDay: '09:00' },
    { kind: 'date', of: { whose: 'customer', field: 'firstPurchaseAt' }, repeats: 'once', offset: { amount: 1, unit: 'calendarDays', direction: 'after' }, timeOfDay: '09:00' },
    { kind: 'date', of: { whose: 'customer', field: 'firstPurchaseAt' }, repeats: 'once', timeOfDay: '09:00' },
    { kind: 'recurring', every: { freq: 'weekly' }, timeOfDay: '18:00' }, { kind: 'recurring', anchor: 'birthDate', every: { freq: 'monthly' }, timeOfDay: '09:00' },
  ),
);

const isPosted = (type: string): boolean => MERCHANT_TYPES.some((known) => known === type);

/** The second begins in one store alone, when what begins it happens in stores (§11.8). */
const journeyOf = (index: number) => fc.record({
  journeyId: uuid(), versionId: uuid(),
  journey: fc.record({
    type: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('purchase', 'purchase', 'visit', 'visit', 'joined') }, { weight: 1, arbitrary: fc.constantFrom('points.posted', 'message.delivered', 'offer.granted', 'customer.changed') }),
    timed: rarely(timedTrigger, 4), audience: rarely(condition, 6), reentry, holdout: rarely(fc.constantFrom({ percent: 50, experiment: 'spring' }, { percent: 30, experiment: 'all' }), 5), hours: rarely(fc.constantFrom(1, 96), 5),
    exits: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(exit, { minLength: 1, maxLength: 2 }) }),
    nodes: fc.array(sketch, { minLength: 3, maxLength: 7 }), compared: rarely(splitTest, 8),
    cap: rarely(fc.constantFrom({ maximum: 1, per: 'ever' }, { maximum: 2, per: 'day' }, { maximum: 1, per: 'hour' }, { maximum: 2, per: 'week' }), 5), consent: rarely(fc.constantFrom({ purpose: 'marketing', channel: 'email' }, { purpose: 'transactional', channel: 'sms' }), 6),
  }).map(({ type, timed, audience, reentry: each, holdout, hours, exits, nodes, compared, cap, consent }) => Journey.parse({
    formatVersion: 1, key: `journey-${index}`, name: `Journey ${index}`, entry: { trigger: timed ?? { kind: 'event', event: { type }, ...(index === 1 && isPosted(type) && { stores: ['lyon'] }) }, ...(audience && { audience }), ...(holdout && { holdout }), ...(hours && { maximumEventAgeHours: hours }), ...(cap && { cap }), ...(consent && { consent }), reentry: compared ? { mode: 'afterExit' } : each, next: 'n0' }, exits,
    nodes: nodesOf(compared ? [...comparing(compared), ...nodes] : nodes),
  })),
});

/** One per customer: undelivered, unsubscribed, no such number. */
const LYING_PHONES = ['+33639989901', '+33639989911', '+33639989912'];

const dateNear = (startsAt: Instant, year: number): fc.Arbitrary<string> => fc.integer({ min: -3, max: 11 }).map((days) => `${year}${dateOf(startsAt + days * DAY_MS, 'Europe/Paris').slice(4)}`);

const customerOf = (index: number, startsAt: Instant): fc.Arbitrary<DrawnCustomer> => fc.record({
  id: uuid(),
  email: fc.oneof({ weight: 6, arbitrary: fc.constant(`c${index}@lutin.test`) }, { weight: 2, arbitrary: fc.constantFrom('bounced', 'refused', 'doubled', 'late').map((mode) => `${mode}+c${index}@lutin.test`) }, { weight: 1, arbitrary: fc.constant(null) }),
  phone: fc.oneof({ weight: 6, arbitrary: fc.constant(`+3361234567${index}`) }, { weight: 1, arbitrary: fc.constant(LYING_PHONES[index] ?? null) }, { weight: 1, arbitrary: fc.constant(null) }),
  profile: fc.constantFrom({}, { timeZone: 'America/Guadeloupe' }, { language: 'en' }, { country: 'JP', language: 'ja' }, { street: '12 rue des Lilas', postalCode: '69001', city: 'Lyon' }, { attributes: { stage: 'one' } }, { birthDate: '1984-06-22' }, { birthDate: '1992-02-29', attributes: { renewal: '2026-10-27' } }, { country: 'GB', timeZone: 'Australia/Lord_Howe' }).chain((profile) => rarely(dateNear(startsAt, 1990), 2).map((birthDate) => CustomerProfile.parse({ ...profile, ...(birthDate && { birthDate }) }))),
  relatives: fc.array(fc.record({ id: uuid(), relation: fc.constantFrom('child' as const, 'spouse' as const), birthDate: dateNear(startsAt, 2019) }), { maxLength: 2 }),
  contracts: fc.array(fc.record({ id: uuid(), kind: fc.constant('service'), startsOn: fc.constant('2025-01-31'), endsOn: dateNear(startsAt, 2026), status: fc.constant('active' as const) }), { maxLength: 1 }),
  consents: fc.constantFrom<DrawnCustomer['consents']>(
    CHANNELS.map((channel) => ({ channel, state: 'granted' as const })), [{ channel: 'email', state: 'granted' }, { channel: 'sms', state: 'granted' }, { channel: 'whatsapp', state: 'denied' }],
    [{ channel: 'email', state: 'granted' }], [{ channel: 'email', state: 'denied' }, { channel: 'sms', state: 'granted' }],
  ),
  browsers: fc.constantFrom<string[]>([], ['kept'], ['kept', 'gone'], ['gone'], ['refused']).map((modes) => modes.map((mode, place) => `${mode}-${index}${place}`)),
});

type EventSketch = { customer: number; minutes: number; type: (typeof MERCHANT_TYPES)[number]; order: number; amount: number; page: string; late: boolean; historical: boolean; stage: string | undefined };
const eventSketch = (customers: number): fc.Arbitrary<EventSketch> => fc.record({
  customer: fc.nat({ max: customers - 1 }), minutes: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 4 * 60 }) }, { weight: 2, arbitrary: fc.integer({ min: 0, max: 10 * 1_440 }) }),
  type: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('purchase' as const, 'visit' as const) }, { weight: 2, arbitrary: fc.constantFrom(...MERCHANT_TYPES) }),
  order: fc.nat({ max: 3 }), amount: fc.constantFrom(500, 1_250, 9_900), page: fc.constantFrom('boots', 'hats'),
  late: fc.integer({ min: 0, max: 11 }).map((n) => n === 0), historical: fc.integer({ min: 0, max: 11 }).map((n) => n === 0), stage: rarely(fc.constantFrom('one', 'two'), 6),
});

/** Events fall on the twentieth second of a minute, so that none meets a wake, an opening or a report to the millisecond by its date alone. */
function eventOf(sketched: EventSketch, index: number, startsAt: Instant): DrawnEvent {
  const { customer, minutes, type, order, amount, page, late, historical, stage } = sketched;
  const acceptedAt = startsAt + minutes * MINUTE_MS + 20 * SECOND_MS;
  const orderId = `order-${order}`;
  // One of four happens in no store.
  const store = order === 0 ? undefined : STORES[order % STORES.length];
  const properties = { purchase: { orderId, amountMinor: amount, currency: 'EUR' }, return: { orderId }, visit: { page, departure: formatInstant(acceptedAt + (page === 'boots' ? 3 : -1) * DAY_MS).slice(0, 10) }, joined: { orderId } }[type];
  return {
    acceptedAt,
    input: {
      id: `event-${index}`, type, occurredAt: formatInstant(late ? acceptedAt - 3 * DAY_MS : acceptedAt), properties, ...(historical && { historical: true }), ...(store !== undefined && { store }),
      customer: { externalId: `c${customer}`, ...(stage && { profile: { attributes: { stage } } }) },
    },
  };
}

const policy = fc.constantFrom<PressurePolicy['rules']>(
  DEFAULT_PRESSURE_POLICY.rules,
  [{ key: 'day', name: 'One a day', scope: { kind: 'everyone' }, window: { kind: 'calendar', unit: 'day' }, maximumCount: 1 }],
  [{ key: 'gap', scope: { kind: 'everyone' }, minimumIntervalSeconds: 3 * (HOUR_MS / SECOND_MS) }, { key: 'texts', scope: { kind: 'channel', channel: 'sms' }, window: { kind: 'rolling', seconds: 2 * (DAY_MS / SECOND_MS) }, maximumCount: 1 }],
  [{ key: 'weight', scope: { kind: 'category', category: 'promotion' }, window: { kind: 'rolling', seconds: DAY_MS / SECOND_MS }, maximumWeight: 2 }],
).map((rules): PressurePolicy => ({ ...DEFAULT_PRESSURE_POLICY, rules }));

export const drawnCase: fc.Arbitrary<DrawnCase> = fc.record({ startsAt: fc.constantFrom(...STARTS), customers: fc.integer({ min: 1, max: 3 }), journeys: fc.integer({ min: 1, max: 3 }) }).chain(({ startsAt, customers, journeys }) =>
  fc.record({
    startsAt: fc.constant(startsAt), days: fc.constantFrom(12, 20), policy, stock: fc.constantFrom(null, 1, 2),
    journeys: fc.tuple(...Array.from({ length: journeys }, (_, index) => journeyOf(index))),
    customers: fc.tuple(...Array.from({ length: customers }, (_, index) => customerOf(index, startsAt))),
    events: fc.array(eventSketch(customers), { minLength: 2, maxLength: 7 }).map((list) => list.map((each, index) => eventOf(each, index, startsAt)).sort((a, b) => a.acceptedAt - b.acceptedAt)),
  }));
