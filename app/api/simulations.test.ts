import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { routeOnce } from '#engine/route-events.ts';
import { runNextSimulation } from '#engine/simulations/run-simulation.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

const NOW = Date.UTC(2026, 5, 16, 8);
let api: TestApi;
let call: Call;
let workspaceId: string;
let journeyId: string;

const THANKS = {
  formatVersion: 1, key: 'thanks', name: 'Thanks', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [
    { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: { next: 'mail' } },
    { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'information' }, next: {} },
  ],
};

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('simulated', { standsAt: NOW });
  call = api.callerOf(await api.makeKey(workspaceId));
  await call('PUT', '/templates/thanks', { name: 'Merci', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' } } } });
  for (const name of ['anna', 'ben', 'carl']) {
    const { body } = await call('PUT', '/customers', { identifiers: { externalId: name, email: `${name}@lutin.test` } });
    if (name !== 'carl') await call('PUT', `/customers/${String(body['id'])}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
    await call('POST', '/events', { id: `p-${name}`, type: 'purchase', customer: { externalId: name }, properties: { orderId: name, amountMinor: 5_000, currency: 'EUR' } });
  }
  journeyId = String((await call('POST', '/journeys', THANKS)).body['id']);
});
afterAll(() => api.close());

const ask = (body: Record<string, unknown> = {}) => call('POST', '/simulations', { journeys: [{ journeyId }], from: '2026-06-17T08:00:00Z', to: '2026-06-27T08:00:00Z', replayFrom: '2026-06-16T00:00:00Z', ...body });
const rowsOfCustomers = () => inWorkspace(api.database, workspaceId, async (transaction) => {
  const [row] = await transaction`select (select count(*)::int from messages) as messages, (select count(*)::int from enrollments) as enrollments, (select count(*)::int from traces) as traces, (select count(*)::int from pressure_entries) as entries, (select count(*)::int from events) as events`;
  return row;
});

describe('a simulation by the API (§12.3)', () => {
  it('runs a draft over the real customers and the events of before, and changes nothing of theirs', async () => {
    const before = await rowsOfCustomers();
    const started = await ask();
    expect(started).toMatchObject({ status: 202, body: { state: 'queued', progress: 0, journeys: [{ journeyId, key: 'thanks' }] } });
    expect(await runNextSimulation(api.engine, workspaceId)).toBe(true);
    const { body } = await call('GET', `/simulations/${String(started.body['id'])}`);
    expect(body).toMatchObject({
      state: 'done', progress: 1, problem: null,
      result: {
        customers: 3, customersInAll: 3, events: 3, entered: 3, volume: [{ day: '2026-06-18', channel: 'email', messages: 2 }], refusals: [{ code: 'consent.noConsent', rule: null, messages: 1 }],
        spread: { messages: [{ received: 0, customers: 1 }, { received: 1, customers: 2 }] },
        journeys: [{ journeyId, entered: 3, inside: 0, endings: { completed: 3 }, nodes: [{ nodeId: 'mail', passed: { next: 3 }, inside: 0 }, { nodeId: 'wait', passed: { next: 3 }, inside: 0 }] }],
      },
    });
    expect(await rowsOfCustomers()).toEqual(before);
    expect((await call('GET', '/simulations')).body).toMatchObject({ items: [{ state: 'done' }] });
  });

  it('takes a sample and a definition that is nowhere yet, and refuses what could not be published', async () => {
    const started = await ask({ journeys: [{ definition: { ...THANKS, key: 'another' } }], customers: { sample: 2 } });
    await runNextSimulation(api.engine, workspaceId);
    expect((await call('GET', `/simulations/${String(started.body['id'])}`)).body).toMatchObject({ result: { customers: 2, customersInAll: 3 } });
    expect(await ask({ journeys: [{ definition: { ...THANKS, nodes: [] } }] })).toMatchObject({ status: 422 });
    expect(await ask({ to: '2026-06-01T00:00:00Z' })).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
    expect(await ask({ journeys: [{ journeyId, use: 'live' }] })).toMatchObject({ status: 409, body: { code: 'journey.state' } });
  });

  it('§12.3 goes on with whoever is inside now, in the form that is simulated or on the version that they are on', async () => {
    await call('POST', `/journeys/${journeyId}/publish`, {});
    await routeOnce(api.engine, workspaceId);
    expect((await call('GET', `/journeys/${journeyId}`)).body).toMatchObject({ people: 3 });
    const result = async (asked: Record<string, unknown>) => {
      const started = await call('POST', '/simulations', { to: '2026-06-27T08:00:00Z', events: 'none', ...asked });
      await runNextSimulation(api.engine, workspaceId);
      return (await call('GET', `/simulations/${String(started.body['id'])}`)).body['result'];
    };
    const sent = { wasInside: 3, entered: 0, volume: [{ day: '2026-06-17', channel: 'email', messages: 2 }] };
    expect(await result({ journeys: [{ journeyId, use: 'live' }] })).toMatchObject({ ...sent, journeys: [{ inside: 0, endings: { completed: 3 } }] });
    const [, mail] = THANKS.nodes;
    await call('PUT', `/journeys/${journeyId}/draft`, { revision: 1, draft: { ...THANKS, entry: { ...THANKS.entry, next: 'mail' }, nodes: [mail] } });
    expect(await result({ journeys: [{ journeyId }] })).toMatchObject({ ...sent, journeys: [{ inside: 0, endings: {} }] });
    expect(await result({ journeys: [{ journeyId }], events: 'replayed', replayFrom: '2026-06-16T00:00:00Z' })).toMatchObject({ wasInside: 0 });
  });

  it('§12.3 repeats what happened over customers as they were before it: a first purchase is one again', async () => {
    const audience = { field: 'figures.purchases', is: 'equals', value: 1 };
    const started = await ask({ journeys: [{ definition: { ...THANKS, key: 'first-thanks', entry: { ...THANKS.entry, audience } } }] });
    expect(started).toMatchObject({ status: 202 });
    expect(await runNextSimulation(api.engine, workspaceId)).toBe(true);
    expect((await call('GET', `/simulations/${String(started.body['id'])}`)).body).toMatchObject({ state: 'done', result: { entered: 3, entriesRefused: {} } });
  });

  it('§12.3 knows who has a browser, and says of the others that they have none', async () => {
    await call('PUT', '/templates/nudge', { name: 'Nudge', content: { channel: 'push', variants: { fr: { title: 'Merci', text: 'À bientôt' } } } });
    await inWorkspace(api.database, workspaceId, (transaction) => transaction`insert into provider_accounts (id, workspace_id, channel, config) values (gen_random_uuid(), ${workspaceId}, 'sms', '{"baseUrl": "http://127.0.0.1:1"}')`);
    for (const [name, simulated] of [['anna', 'kept'], ['ben', 'gone']] as const) {
      const { body } = await call('GET', `/customers/by-external-id/${name}`);
      expect(await call('POST', `/customers/${String(body['id'])}/push-subscriptions`, { simulated, wordingVersion: '1' })).toMatchObject({ status: 201 });
    }
    expect((await call('GET', '/journeys/reach')).body).toMatchObject({ customers: 3, push: { withAddress: 2, agreed: 2 } });
    const definition = { ...THANKS, key: 'nudge', nodes: [THANKS.nodes[0], { id: 'mail', kind: 'sendPush', settings: { templateKey: 'nudge', category: 'information' }, next: {} }] };
    const started = await ask({ journeys: [{ definition }] });
    expect(started).toMatchObject({ status: 202 });
    expect(await runNextSimulation(api.engine, workspaceId)).toBe(true);
    const { body } = await call('GET', `/simulations/${String(started.body['id'])}`);
    const { refusals, volume } = body['result'] as { refusals: { code: string }[]; volume: unknown[] };
    expect(volume).toEqual([{ day: '2026-06-18', channel: 'push', messages: 1 }]);
    expect(refusals.map(({ code }) => code).sort()).toEqual(['unreachable.noAddress', 'vendor.refused']);
  });

  it('is cancelled before its end, and then run by nobody', async () => {
    const started = await ask();
    expect((await call('POST', `/simulations/${String(started.body['id'])}/cancel`, {})).body).toMatchObject({ state: 'cancelled' });
    expect(await runNextSimulation(api.engine, workspaceId)).toBe(false);
  });

  it('begins anew when its runner was killed, three times at most', async () => {
    const started = await ask();
    const uuid = await inWorkspace(api.database, workspaceId, async (transaction) => {
      const [row] = await transaction<{ id: string }[]>`select id from simulations order by id desc limit 1`;
      return row?.id ?? '';
    });
    const killed = (attempts: number) => inWorkspace(api.database, workspaceId, (transaction) => transaction`
      update simulations set state = 'running', progress = 0.5, attempts = ${attempts}, lease_until = clock_timestamp() - interval '1 second' where id = ${uuid}`);
    const path = `/simulations/${String(started.body['id'])}`;
    await killed(1);
    expect(await runNextSimulation(api.engine, workspaceId)).toBe(true);
    expect((await call('GET', path)).body).toMatchObject({ state: 'done', progress: 1 });
    await killed(3);
    await runNextSimulation(api.engine, workspaceId);
    expect((await call('GET', path)).body).toMatchObject({ state: 'failed', problem: 'simulation.crashed' });
  });
});
