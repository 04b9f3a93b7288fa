/** What became of messages after they were planned, in the simulator, in a sandbox on real servers, and when the customer's history is recomputed (§5.12, §12.1, §12.3). */
import { expect, it } from 'vitest';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { DAY_MS, formatInstant, HOUR_MS, SECOND_MS } from '#domain/shared/time.ts';
import { compareCase, sayDifference } from '#tests/differential/compare-cases.ts';
import type { DrawnCase } from '#tests/differential/draw-case.ts';
import type { Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { runSimulation } from '#tests/differential/run-simulation.ts';
import { withSandboxes } from '#tests/integration/with-sandboxes.ts';

const STARTS = Date.UTC(2026, 5, 15, 8);
/** The simulated vendor takes a text for it, and reports some seconds later that it did not arrive. */
const UNDELIVERED = '+33639989901';

const happens = (number: number, type: string, hours: number) => ({
  acceptedAt: STARTS + hours * HOUR_MS, input: { id: `event-${number}`, type, occurredAt: formatInstant(STARTS + hours * HOUR_MS), properties: { page: 'boots' }, customer: { externalId: 'c0' } },
});
const texts = (number: number, type: string, settings: Record<string, unknown>): DrawnCase['journeys'][number] => ({
  journeyId: `0197a3c2-5b1e-7c3d-8e4f-00000000000${number}`, versionId: `0197a3c2-5b1e-7c3d-8e4f-00000000001${number}`,
  journey: Journey.parse({
    formatVersion: 1, key: `journey-${number}`, name: `Journey ${number}`, entry: { trigger: { kind: 'event', event: { type } }, reentry: { mode: 'afterExit' }, next: 'text' }, exits: [],
    nodes: [{ id: 'text', kind: 'sendSms', settings: { templateKey: 'sms', ...settings }, next: { next: null } }],
  }),
});
const drawn = (phone: string, rules: DrawnCase['policy']['rules'], rest: Pick<DrawnCase, 'journeys' | 'events'>): DrawnCase => ({
  startsAt: STARTS, days: 6, stock: null, policy: { ...DEFAULT_PRESSURE_POLICY, rules }, ...rest,
  customers: [{
    id: '0197a3c2-5b1e-7c3d-8e4f-000000000101', email: 'c0@lutin.test', phone, profile: CustomerProfile.parse({}), relatives: [], contracts: [], browsers: [],
    consents: [{ channel: 'email', state: 'granted' }, { channel: 'sms', state: 'granted' }],
  }],
});
const oneTextIn = (days: number): DrawnCase['policy']['rules'][number] => ({ key: 'texts', scope: { kind: 'channel', channel: 'sms' }, window: { kind: 'rolling', seconds: (days * DAY_MS) / SECOND_MS }, maximumCount: 1 });

let sandboxes: Sandboxes;
withSandboxes((made) => { sandboxes = made; });

/** Compares the three; `parts` are what has to have happened for the comparison to say anything. */
async function expectTheSame(drawnCase: DrawnCase, parts: string[]): Promise<void> {
  const traces = runSimulation(drawnCase).told.traces.join('\n');
  for (const part of parts) expect(traces).toContain(part);
  const difference = await compareCase(sandboxes, drawnCase);
  expect(difference && sayDifference(difference)).toBeNull();
}

it('§5.12 a text that left and was then reported as undelivered goes on counting, also when the history is recomputed (§12.1)', { timeout: 60_000 }, async () => {
  await expectTheSame(drawn(UNDELIVERED, [oneTextIn(1)], {
    journeys: [texts(1, 'visit', { category: 'promotion', whenCapped: { kind: 'exit' } })], events: [happens(0, 'visit', 1), happens(1, 'visit', 3), happens(2, 'visit', 30)],
  }), ['message.failed', '"port":"next"', '"name":"capped"']);
});

it('§5.12 the reservation of a text that was displaced counts where its hold moved it to, also when the history is recomputed (§12.1)', { timeout: 60_000 }, async () => {
  await expectTheSame(drawn('+33612345670', [oneTextIn(2)], {
    journeys: [
      texts(1, 'visit', { category: 'promotion', priority: 30, whenCapped: { kind: 'hold', expiresAfterSeconds: 4 * 86_400 } }), texts(2, 'visit', { category: 'promotion', priority: 90 }),
      texts(3, 'joined', { category: 'promotion', priority: 10, whenCapped: { kind: 'hold', expiresAfterSeconds: 4 * 86_400 } }),
    ],
    events: [happens(0, 'visit', 1), happens(1, 'joined', 3)],
  }), ['message.held', '"port":"next"']);
});
