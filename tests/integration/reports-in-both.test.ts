/** What vendors report after a hand-over, in the simulator, in a sandbox on real servers, and when the customer's history is recomputed (§5.12, §12.1, §12.3). */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { DAY_MS, formatInstant, HOUR_MS, SECOND_MS } from '#domain/shared/time.ts';
import { compareCase, sayDifference } from '#tests/differential/compare-cases.ts';
import type { DrawnCase } from '#tests/differential/draw-case.ts';
import { openSandboxes, type Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { runSimulation } from '#tests/differential/run-simulation.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

const STARTS = Date.UTC(2026, 5, 15, 8);
/** The simulated vendor takes a text for it, and reports some seconds later that it did not arrive. */
const UNDELIVERED = '+33639989901';

const visit = (number: number, hours: number) => ({
  acceptedAt: STARTS + hours * HOUR_MS, input: { id: `event-${number}`, type: 'visit', occurredAt: formatInstant(STARTS + hours * HOUR_MS), properties: { page: 'boots' }, customer: { externalId: 'c0' } },
});
const drawn: DrawnCase = {
  startsAt: STARTS, days: 4, stock: null,
  policy: { ...DEFAULT_PRESSURE_POLICY, rules: [{ key: 'texts', scope: { kind: 'channel', channel: 'sms' }, window: { kind: 'rolling', seconds: DAY_MS / SECOND_MS }, maximumCount: 1 }] },
  journeys: [{
    journeyId: '0197a3c2-5b1e-7c3d-8e4f-000000000001', versionId: '0197a3c2-5b1e-7c3d-8e4f-000000000011',
    journey: Journey.parse({
      formatVersion: 1, key: 'journey-0', name: 'Journey 0', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'afterExit' }, next: 'text' }, exits: [],
      nodes: [{ id: 'text', kind: 'sendSms', settings: { templateKey: 'sms', category: 'promotion', whenCapped: { kind: 'exit' } }, next: { next: null } }],
    }),
  }],
  customers: [{ id: '0197a3c2-5b1e-7c3d-8e4f-000000000101', email: 'c0@lutin.test', phone: UNDELIVERED, profile: CustomerProfile.parse({}), relatives: [], contracts: [], consents: [{ channel: 'sms', state: 'granted' }] }],
  events: [visit(0, 1), visit(1, 3), visit(2, 30)],
};

let made: TestDatabase;
let sandboxes: Sandboxes;
beforeAll(async () => {
  made = await createTestDatabase();
  sandboxes = await openSandboxes({ databaseUrl: made.url, temporalAddress: inject('temporalAddress'), taskQueue: `test-${made.name}` });
});
afterAll(async () => {
  await sandboxes.close();
  await made.drop();
});

it('§5.12 a text that left and was then reported as undelivered goes on counting, also when the history is recomputed (§12.1)', { timeout: 60_000 }, async () => {
  const { told } = runSimulation(drawn);
  const traces = told.traces.join('\n');
  for (const part of ['message.failed', '"port":"next"', '"name":"capped"']) expect(traces).toContain(part);
  const difference = await compareCase(sandboxes, drawn);
  expect(difference && sayDifference(difference)).toBeNull();
});
