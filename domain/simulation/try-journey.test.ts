import { describe, expect, it } from 'vitest';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { journey } from '#domain/enrollments/kernel-for-test.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from './person.ts';
import { simulateAll } from './simulate.ts';
import type { Supposition } from './suppose.ts';
import { tryJourney, type TryInput } from './try-journey.ts';

const NOON = Date.UTC(2026, 5, 15, 10);
const ID = '0197a3c2-5b1e-7c3d-8e4f-9a0b1c2d3e4f';
const rules: TryInput['rules'] = {
  workspaceId: 'w', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', sender: 'Lutin', consentPolicy: { softOptIn: null }, policy: DEFAULT_PRESSURE_POLICY, programmes: [], offers: {},
};
const anna: SimulatedCustomer = {
  id: ID, identifiers: [{ kind: 'email', value: 'anna@lutin.test' }], profile: CustomerProfile.parse({ city: 'Lyon' }), figures: CustomerFigures.parse({}),
  consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till', at: 0 }], balances: {}, vouchers: [], pressure: [], history: [], register: [], stopped: {},
};
const mail = { id: 'a', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'promotion' }, next: { next: 'w' } };
const hope = { id: 'w', kind: 'waitForEvent', settings: { event: { type: 'purchase' }, timeout: { amount: 7, unit: 'calendarDays' } }, next: { event: 'c', timeout: null } };
const clicks = { id: 'w', kind: 'waitForEvent', settings: { event: { type: 'message.clicked' }, timeout: { amount: 7, unit: 'calendarDays' } }, next: { event: null, timeout: null } };
const big = { id: 'c', kind: 'condition', settings: { condition: { all: [{ field: 'customer.city', is: 'equals', value: 'Lyon' }, { field: 'event.properties.amountMinor', is: 'atLeast', value: 5_000 }] } }, next: {} };
const buys = (at: number, amountMinor = 6_000): Supposition => ({ at, kind: 'event', type: 'purchase', properties: { amountMinor, currency: 'EUR' } });
const base = (nodes: unknown[], suppositions: Supposition[]): TryInput => ({
  journey: journey({ nodes }), journeyId: 'j', versionNumber: 0, rules, templates: null, offerStock: {}, stores: new Map(), currency: 'EUR', customer: anna, suppositions,
});
const told = (input: TryInput): string[] => tryJourney(input).map((step) =>
  [formatInstant(step.at).slice(0, 16), step.kind, step.nodeId ?? '', step.kind === 'passed' ? step.port : step.kind === 'message' ? step.status : step.kind === 'ended' ? step.ending : ''].filter(Boolean).join(' '));

describe('a journey tried on somebody (§12.3)', () => {
  it('goes on by itself when nothing is supposed', () => {
    expect(told(base([mail, hope, big], [buys(NOON)]))).toEqual([
      '2026-06-15T10:00 supposed', '2026-06-15T10:00 entered entry', '2026-06-15T10:00 passed a next', '2026-06-15T10:00 waiting w', '2026-06-15T10:00 message a sent',
      '2026-06-22T10:00 passed w timeout', '2026-06-22T10:00 ended w completed',
    ]);
  });

  it('takes another way when she buys on day 2, and says why by the facts of that moment', () => {
    const steps = tryJourney(base([mail, hope, big], [buys(NOON), buys(NOON + 2 * DAY_MS, 7_000)]));
    expect(steps.find(({ nodeId, kind }) => kind === 'passed' && nodeId === 'c')).toMatchObject({
      at: NOON + 2 * DAY_MS, port: 'yes', because: [{ part: { field: 'customer.city' }, holds: true, value: 'Lyon' }, { part: { field: 'event.properties.amountMinor' }, holds: true, value: 7_000 }],
    });
    expect(told(base([mail, hope, big], [buys(NOON), buys(NOON + 2 * DAY_MS)])).slice(0, 5)).toEqual(told(base([mail, hope, big], [buys(NOON)])).slice(0, 5));
  });

  it('hears a click on what has left, and none on what has not', () => {
    expect(told(base([mail, clicks], [buys(NOON), { at: NOON + HOUR_MS, kind: 'click', nodeId: 'a' }]))).toContain('2026-06-15T11:00 passed w event');
    const silent: TryInput = { ...base([mail, clicks], [buys(NOON), { at: NOON + HOUR_MS, kind: 'click', nodeId: 'a' }]), customer: { ...anna, consents: [] } };
    expect(told(silent)).toContain('2026-06-22T10:00 passed w timeout');
  });

  it('sends nothing after she has said no (§6.1)', () => {
    const wait = { id: 'a', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } }, next: { next: 'm' } };
    const no: Supposition = { at: NOON + DAY_MS, kind: 'consent', channel: 'email', state: 'denied' };
    expect(told(base([wait, { ...mail, id: 'm', next: {} }], [buys(NOON), no]))).toContain('2026-06-18T10:00 message m suppressed');
  });

  it('says of an event that could not be taken what was wrong with it', () => {
    expect(tryJourney(base([mail, hope, big], [{ ...buys(NOON), properties: { amountMinor: -1, currency: 'EUR' } } as Supposition]))[0]).toMatchObject({ kind: 'supposed', problems: [{ path: expect.arrayContaining(['amountMinor']) as unknown }] });
  });

  it('is the simulation to the last message and way out, and changes nothing of what it is given', () => {
    const input = base([mail, hope, big], [buys(NOON), buys(NOON + 2 * DAY_MS)]);
    const before = JSON.stringify(input);
    const lines: string[] = [];
    simulateAll({
      ...input, journeys: [{ journeyId: 'j', versionId: 'j', versionNumber: 0, journey: input.journey }], customers: [anna], from: NOON, to: NOON + 30 * DAY_MS,
      events: [NOON, NOON + 2 * DAY_MS].map((at, index) => ({ acceptedAt: at, input: { id: `${index}`, type: 'purchase', occurredAt: formatInstant(at), customer: { id: ID }, properties: { orderId: `${index}`, amountMinor: 6_000, currency: 'EUR' } } })),
    }, (line) => {
      if (line.kind === 'trace' && line.step === 'passed') lines.push(`${formatInstant(line.at).slice(0, 16)} passed ${line.nodeId} ${String(line.data['port'])}`);
      if (line.kind === 'message' && line.status === 'sent') lines.push(`${formatInstant(line.at).slice(0, 16)} message ${line.nodeId} sent`);
    });
    expect(told(input).filter((text) => text.includes(' passed ') || text.includes(' message '))).toEqual(lines);
    expect(JSON.stringify(input)).toBe(before);
  });
});
