import { describe, expect, it } from 'vitest';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import type { WorkspaceRules } from '#domain/enrollments/facts.ts';
import { journey } from '#domain/enrollments/kernel-for-test.ts';
import { EnrollmentState } from '#domain/enrollments/state.ts';
import { Offer } from '#domain/offers/offer.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { entryCountKey } from '#domain/journeys/entry-cap.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from './person.ts';
import { simulate, simulateAll, type SimulationInput } from './simulate.ts';
import type { SimulatedLine } from './simulated-line.ts';

const NOON = Date.UTC(2026, 5, 15, 10);
const points = LoyaltyProgramme.parse({ key: 'points', name: { en: 'Points' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } } });
const gift = Offer.parse({ key: 'gift', name: { en: 'Gift' }, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 30 }, stockTotal: 1 });
const rules: WorkspaceRules = {
  workspaceId: 'w', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', sender: 'Lutin', consentPolicy: { softOptIn: null }, policy: DEFAULT_PRESSURE_POLICY, programmes: [points], offers: { gift },
};
const person = (id: string, change: Partial<SimulatedCustomer> = {}): SimulatedCustomer => ({
  id, identifiers: [{ kind: 'externalId', value: id }, { kind: 'email', value: `${id}@lutin.test` }, { kind: 'phone', value: '+33612345678' }], profile: CustomerProfile.parse({}), figures: CustomerFigures.parse({}),
  consents: (['email', 'sms'] as const).map((channel) => ({ purpose: 'marketing', channel, state: 'granted', source: 'till', at: 0 })),
  balances: {}, vouchers: [], pressure: [], history: [], register: [], stopped: {}, ...change,
});
const purchase = (customer: string, orderId: string, at: number, amountMinor = 5_000) => ({
  acceptedAt: at, input: { id: orderId, type: 'purchase', occurredAt: formatInstant(at), customer: { externalId: customer }, properties: { orderId, amountMinor, currency: 'EUR' } },
});
const mail = (id: string, next: string | null) => ({ id, kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'promotion' }, next: { next } });
const wait = (id: string, next: string, days: number) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: days, unit: 'calendarDays' } }, next: { next } });
const run = (nodes: unknown[], change: Partial<SimulationInput> = {}) => {
  const lines: SimulatedLine[] = [];
  const summary = simulateAll({
    journeys: [{ journeyId: 'j', versionId: 'v', versionNumber: 1, journey: journey({ nodes }) }], rules, templates: null, offerStock: {}, customers: [person('anna')],
    events: [purchase('anna', 'o1', NOON)], stores: null, currency: 'EUR', from: NOON, to: NOON + 30 * DAY_MS, ...change,
  }, (line) => lines.push(line));
  return { lines, summary, messages: lines.flatMap((line) => (line.kind === 'message' ? [`${formatInstant(line.at)} ${line.customerId} ${line.status}${line.reason ? ` ${line.reason.code}` : ''}`] : [])) };
};

describe('a simulation (§12.3)', () => {
  it('runs the production rules on a virtual clock, to the report of a vendor that nothing was sent to', () => {
    const { messages, summary } = run([wait('a', 'm', 3), mail('m', null)]);
    expect(messages).toEqual(['2026-06-18T10:00:00.000Z anna queued', '2026-06-18T10:00:00.000Z anna sent', '2026-06-18T10:00:03.000Z anna delivered']);
    expect(summary).toMatchObject({
      customers: 1, events: 1, entered: 1, volume: [{ day: '2026-06-18', channel: 'email', messages: 1 }], points: [{ programme: 'points', given: 50, taken: 0 }],
      spread: { messages: [{ received: 1, customers: 1 }], weight: [{ weight: 2, customers: 1 }] },
      journeys: [{ entered: 1, inside: 0, endings: { completed: 1 }, nodes: [{ nodeId: 'a', passed: { next: 1 } }, { nodeId: 'm', passed: { next: 1 } }] }],
    });
  });

  it('says in whose store’s name a message would leave, as production does', () => {
    const storeSenders = { lyon: { store: 'lyon-1', email: { name: 'Lyon' } } };
    const customers = [person('anna', { profile: CustomerProfile.parse({ storeId: 'lyon' }) }), person('bo')];
    const { lines } = run([mail('a', null)], { rules: { ...rules, storeSenders }, customers, events: [purchase('anna', 'o1', NOON), purchase('bo', 'o2', NOON)] });
    const left = lines.flatMap((line) => (line.kind === 'trace' && line.data['code'] === 'message.handedOver' ? [[line.customerId, line.data['senderStore']]] : []));
    expect(left).toEqual([['anna', 'lyon-1'], ['bo', undefined]]);
  });

  it('§5.7 takes a customer into several journeys in the order of their ids, in whatever order they are given: the same one is the one too many', () => {
    const versions = ['b', 'd', 'a', 'c'].map((id) => ({ journeyId: id, versionId: `v-${id}`, versionNumber: 1, journey: journey({ key: id, nodes: [mail('a', null)] }) }));
    const cappedOf = (journeys: typeof versions) => run([], { journeys }).lines.flatMap((line) => (line.kind === 'message' && line.reason?.code === 'capped' ? [line.journeyId] : []));
    expect(cappedOf(versions)).toEqual(['d']);
    expect(cappedOf(versions.toReversed())).toEqual(['d']);
  });

  it('§4.2 decides the test of a split as production does: by weight until its moment, then everybody to the winner', () => {
    const people = Array.from({ length: 40 }, (_, index) => person(`p${String(index).padStart(2, '0')}`));
    const split = { id: 'a', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }], test: { goal: { type: 'order' }, withinHours: 24, decideAfter: { people: 20 } } }, next: { a: 'w', b: 'w' } };
    const first = (from: number, to: number, at: number) => people.slice(from, to).map(({ id }) => purchase(id, `o-${id}`, at));
    const orderOf = (id: string) => ({ acceptedAt: NOON + HOUR_MS, input: { id: `g-${id}`, type: 'order', occurredAt: formatInstant(NOON + HOUR_MS), customer: { externalId: id }, properties: {} } });
    const passesOf = (orders: string[]) => run([split, wait('w', 'x', 60), { id: 'x', kind: 'exit', settings: {} }], {
      customers: people, events: [...first(0, 20, NOON), ...orders.map(orderOf), ...first(20, 40, NOON + 2 * DAY_MS)].sort((x, y) => x.acceptedAt - y.acceptedAt),
    }).lines.flatMap((line) => (line.kind === 'trace' && line.step === 'passed' && line.nodeId === 'a' ? [{ id: line.customerId, port: String(line.data['port']), at: line.at }] : [])).sort((x, y) => x.at - y.at || (x.id < y.id ? -1 : 1));
    const undecided = passesOf([]);
    expect(new Set(undecided.slice(20).map(({ port }) => port))).toEqual(new Set(['a', 'b']));
    const ofB = undecided.slice(0, 20).filter(({ port }) => port === 'b').map(({ id }) => id);
    const decided = passesOf(ofB);
    expect(decided.slice(0, 20)).toEqual(undecided.slice(0, 20));
    expect(decided.slice(20).map(({ port }) => port)).toEqual(Array.from({ length: 20 }, () => 'b'));
  });

  it('§12.3 lets whoever is inside at the beginning go on, on their version, without anything of theirs being changed', () => {
    const waitsUntil = (days: number) => EnrollmentState.parse({ formatVersion: 1, visits: { a: 1 }, steps: 1, waiting: { nodeId: 'a', visit: 1, since: NOON - DAY_MS, wakeAt: NOON + days * DAY_MS }, entryEvent: null, event: null, variables: {}, checks: [], converted: false, ending: null });
    const inside = (versionId: string, days: number) => ({ id: `e-${versionId}`, journeyId: 'j', versionId, entryKey: '', burst: 1, enteredAt: NOON - DAY_MS, state: waitsUntil(days) });
    const register = [{ journeyId: 'j', entryKey: '', enteredAt: NOON - DAY_MS, endedAt: null }];
    const customers = [person('anna', { enrollments: [inside('old', 2)], register }), person('ben', { enrollments: [inside('v', -1)], register })];
    const given = JSON.stringify(customers);
    const old = { journeyId: 'j', versionId: 'old', versionNumber: 1, journey: journey({ nodes: [wait('a', 'm', 3), mail('m', null)] }) };
    const { messages, summary } = run([wait('a', 'b', 3), { id: 'b', kind: 'exit', settings: {} }], { customers, events: [], held: [old] });
    expect(messages).toEqual(['2026-06-17T10:00:00.000Z anna queued', '2026-06-17T10:00:00.000Z anna sent', '2026-06-17T10:00:03.000Z anna delivered']);
    expect(summary).toMatchObject({ wasInside: 2, entered: 0, journeys: [{ inside: 0, endings: { completed: 1 }, nodes: [{ nodeId: 'a', passed: { next: 1 } }, { nodeId: 'b' }] }] });
    expect(JSON.stringify(customers)).toBe(given);
  });

  it('§12.3 §4.3 knows who has no browser, whose browser is gone, and who takes a notification', () => {
    const notify = (id: string, next: string | null) => ({ id, kind: 'sendPush', settings: { templateKey: 'nudge', category: 'information' }, next: { next } });
    const agreed: Partial<SimulatedCustomer> = { consents: [{ purpose: 'marketing', channel: 'push', state: 'granted', source: 'browser', at: 0 }] };
    const customers = [person('none', agreed), person('lost', { ...agreed, browsers: ['gone-1'] }), person('taken', { ...agreed, browsers: ['gone-1', 'kept-2'] }), person('silent', { browsers: ['kept-1'] })];
    const { messages } = run([notify('a', 'w'), wait('w', 'b', 1), notify('b', null)], { customers, events: customers.map(({ id }) => purchase(id, id, NOON)) });
    const of = (id: string) => messages.filter((line) => line.includes(` ${id} `)).map((line) => line.split(' ').slice(2).join(' '));
    expect(of('none')).toEqual(['suppressed unreachable.noAddress', 'suppressed unreachable.noAddress']);
    expect(of('lost')).toEqual(['queued', 'failed vendor.refused', 'suppressed unreachable.noAddress']);
    expect(of('taken')).toEqual(['queued', 'sent', 'queued', 'sent']);
    expect(of('silent')).toEqual(['suppressed consent.noConsent', 'suppressed consent.noConsent']);
  });

  it('refuses by the caps and says by which rule (§5.11)', () => {
    const { summary } = run([mail('a', null)], { events: [0, 1, 2, 3].map((hour) => purchase('anna', `o${hour}`, NOON + hour * HOUR_MS)) });
    expect(summary.refusals).toEqual([{ code: 'capped', rule: 'Three messages a week', messages: 1 }]);
    expect(summary.messages).toEqual([{ channel: 'email', status: 'delivered', messages: 3 }, { channel: 'email', status: 'suppressed', messages: 1 }]);
  });

  it('keeps texts for the first open minute, at the same place whoever asks (§6.1)', () => {
    const night = Date.UTC(2026, 5, 15, 20, 30);
    const text = [{ id: 'a', kind: 'sendSms', settings: { templateKey: 'text', category: 'promotion' }, next: {} }];
    const { messages } = run(text, { events: [purchase('anna', 'o1', night)], from: night });
    expect(messages[0]).toMatch(/2026-06-15T20:30.* held quietHours/);
    expect(messages[1]).toMatch(/2026-06-16T06:00.* sent/);
    expect(run(text, { events: [purchase('anna', 'o1', night)], from: night }).messages).toEqual(messages);
  });

  it('dates a report that comes late by when it happened, as the vendor says (seed 2, case 71 of the differential drill)', () => {
    const late = person('anna', { identifiers: [{ kind: 'externalId', value: 'anna' }, { kind: 'email', value: 'late+anna@lutin.test' }] });
    const { lines } = run([mail('a', null)], { customers: [late] });
    const [delivered] = lines.filter((line) => line.kind === 'message' && line.status === 'delivered');
    expect(delivered).toMatchObject({ at: NOON + 6 * HOUR_MS + 3_000, deliveredAt: NOON + 3_000 });
  });

  it('lets customers share a stock in the order of time (§10.11)', () => {
    const nodes = [{ id: 'a', kind: 'grantOffer', settings: { offerKey: 'gift' }, next: {} }];
    const customers = [person('anna'), person('ben')];
    const { summary, lines } = run(nodes, { customers, events: [purchase('anna', 'o1', NOON + HOUR_MS), purchase('ben', 'o2', NOON)], offerStock: { gift: 1 } });
    expect(lines.filter(({ kind }) => kind === 'voucher')).toMatchObject([{ customerId: 'ben' }]);
    expect(summary.journeys[0]?.nodes[0]?.passed).toEqual({ next: 1, refused: 1 });
  });

  it('§1.6 lets customers share a cap on entries in the order of time, after those who entered before', () => {
    const customers = [person('anna'), person('ben'), person('zoe')];
    const capped = (entryCounts: Record<string, number>) => {
      const definition = journey({ nodes: [{ id: 'a', kind: 'exit', settings: {} }] });
      const entry = { ...definition.entry, cap: { maximum: 2, per: 'ever' as const } };
      const events = [purchase('anna', 'o1', NOON + HOUR_MS), purchase('ben', 'o2', NOON), purchase('zoe', 'o3', NOON + 2 * HOUR_MS)];
      const { lines } = run([], { customers, events, entryCounts, journeys: [{ journeyId: 'j', versionId: 'v', versionNumber: 1, journey: { ...definition, entry } }] });
      return lines.flatMap((line) => (line.kind === 'trace' && (line.step === 'entered' || line.step === 'entryRefused') ? [`${line.customerId} ${line.step}`] : []));
    };
    expect(capped({})).toEqual(['ben entered', 'anna entered', 'zoe entryRefused']);
    expect(capped({ [entryCountKey('j', 0)]: 1 })).toEqual(['ben entered', 'anna entryRefused', 'zoe entryRefused']);
  });

  it('takes what was accepted before the start as history: it earns and enters nothing (§1.11)', () => {
    const { summary } = run([mail('a', null)], { events: [purchase('anna', 'o1', NOON - DAY_MS)] });
    expect(summary).toMatchObject({ events: 1, entered: 0, points: [{ programme: 'points', given: 50 }] });
  });

  it('tells of events that cannot be taken, and makes customers of people nobody knew (§11.4, §13.1)', () => {
    const { lines, summary } = run([mail('a', null)], { events: [{ acceptedAt: NOON, input: { id: 'x' } }, purchase('zoe', 'o1', NOON), purchase('zoe', 'o1', NOON)] });
    expect(lines.filter(({ kind }) => kind === 'event')).toMatchObject([{ outcome: 'rejected', index: 0 }, { outcome: 'accepted', index: 1, id: 'o1' }, { outcome: 'duplicate', index: 2 }]);
    expect(summary).toMatchObject({ customers: 2, entered: 1, refusals: [{ code: 'unreachable.noAddress', messages: 1 }] });
  });

  it('goes step by step, so that it can be cancelled, and changes nothing of what it is given', () => {
    const customers = Array.from({ length: 300 }, (_, index) => person(`c${String(index).padStart(3, '0')}`));
    const before = JSON.stringify(customers);
    const input: SimulationInput = {
      journeys: [{ journeyId: 'j', versionId: 'v', versionNumber: 1, journey: journey({ nodes: [wait('a', 'm', 1), mail('m', null)] }) }], rules, templates: null, offerStock: {}, customers,
      events: customers.map(({ id }, index) => purchase(id, id, NOON + index)), stores: null, currency: 'EUR', from: NOON, to: NOON + 30 * DAY_MS,
    };
    const steps = [];
    const going = simulate(input);
    for (let step = going.next(); !step.done; step = going.next()) steps.push(step.value.done);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(JSON.stringify(customers)).toBe(before);
  });
});
