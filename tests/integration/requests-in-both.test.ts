/** A request and a task in the simulator and in a sandbox on real servers: the same lines, messages and tasks (§4.3, §12.3). */
import { expect, it } from 'vitest';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { formatInstant, HOUR_MS } from '#domain/shared/time.ts';
import { compareCase, sayDifference } from '#tests/differential/compare-cases.ts';
import type { DrawnCase } from '#tests/differential/draw-case.ts';
import type { Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { runSimulation } from '#tests/differential/run-simulation.ts';
import { withSandboxes } from '#tests/integration/with-sandboxes.ts';

const STARTS = Date.UTC(2026, 5, 15, 8);

const ask = (id: string, answer: { status: number; body: string }, next: Record<string, string | null>) => ({
  id, kind: 'httpRequest', settings: { method: 'POST', address: 'https://erp.example.com/{{ customer.id }}', headers: [], body: '{"page":"{{ event.properties.page }}"}', timeoutSeconds: 5, sandboxAnswer: answer, lateAfter: { amount: 5, unit: 'minutes' } }, next,
});
const journey = (key: string, definition: Record<string, unknown>): Journey => Journey.parse({ formatVersion: 1, key, name: key, entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'afterExit' }, next: 'a' }, exits: [], ...definition });

const drawn: DrawnCase = {
  startsAt: STARTS, days: 12, policy: DEFAULT_PRESSURE_POLICY, stock: null,
  journeys: [
    {
      journeyId: '0197a3c2-5b1e-7c3d-8e4f-000000000001', versionId: '0197a3c2-5b1e-7c3d-8e4f-000000000011',
      journey: journey('journey-0', {
        exits: [{ on: 'event', event: { type: 'purchase' } }],
        nodes: [
          { id: 'a', kind: 'sendEmail', settings: { templateKey: 'email', category: 'promotion', whenCapped: { kind: 'skip' } }, next: { next: 'task' } },
          { id: 'task', kind: 'createTask', settings: { title: 'Ring {{ customer.id }} up about {{ event.properties.page }}', assignedTo: 'store', dueIn: { amount: 2, unit: 'calendarDays' } }, next: { next: 'ask' } },
          ask('ask', { status: 200, body: '{"page":"hats","vip":true}' }, { next: 'vip', late: null }),
          { id: 'vip', kind: 'condition', settings: { condition: { field: 'event.properties.body.page', is: 'equals', value: 'hats' } }, next: { yes: 'again', no: null } },
          ask('again', { status: 503, body: '' }, { next: null, error: 'wait', late: null }),
          { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: { next: 'points' } },
          { id: 'points', kind: 'givePoints', settings: { programmeKey: 'points', points: 10 }, next: {} },
        ],
      }),
    },
    { journeyId: '0197a3c2-5b1e-7c3d-8e4f-000000000002', versionId: '0197a3c2-5b1e-7c3d-8e4f-000000000012', journey: journey('journey-1', { nodes: [ask('a', { status: 404, body: '{"why":"gone"}' }, { next: null, late: null })] }) },
  ],
  customers: [0, 1].map((index) => ({
    id: `0197a3c2-5b1e-7c3d-8e4f-00000000010${index}`, email: `c${index}@lutin.test`, phone: `+3361234567${index}`, profile: CustomerProfile.parse({}), relatives: [], contracts: [], browsers: [], consents: [{ channel: 'email', state: 'granted' }, { channel: 'sms', state: 'granted' }],
  })),
  events: [
    { acceptedAt: STARTS + HOUR_MS, input: { id: 'event-0', type: 'visit', occurredAt: formatInstant(STARTS + HOUR_MS), properties: { page: 'boots' }, customer: { externalId: 'c0' } } },
    { acceptedAt: STARTS + 2 * HOUR_MS, input: { id: 'event-1', type: 'visit', occurredAt: formatInstant(STARTS + 2 * HOUR_MS), properties: { page: 'boots' }, customer: { externalId: 'c1' } } },
    { acceptedAt: STARTS + 3 * HOUR_MS, input: { id: 'event-2', type: 'purchase', occurredAt: formatInstant(STARTS + 3 * HOUR_MS), properties: { orderId: 'o', amountMinor: 500, currency: 'EUR' }, customer: { externalId: 'c1' } } },
    { acceptedAt: STARTS + 4 * HOUR_MS, input: { id: 'event-3', type: 'callback.requested', occurredAt: formatInstant(STARTS + 4 * HOUR_MS), properties: { topic: 'Boots' }, customer: { externalId: 'c0' } } },
  ],
};

let sandboxes: Sandboxes;
withSandboxes((made) => { sandboxes = made; });

it('requests, their answers, errors, tasks, withdrawals and calls are the same in the simulator, in a sandbox, and when its history is recomputed', { timeout: 120_000 }, async () => {
  const { told } = runSimulation(drawn);
  const told1 = JSON.stringify(told);
  for (const part of ['http.answered', 'http.status', '"state\\":\\"withdrawn', '"kind\\":\\"call', 'Ring c0 up about boots']) expect(told1).toContain(part);
  const difference = await compareCase(sandboxes, drawn);
  expect(difference && sayDifference(difference)).toBeNull();
});
