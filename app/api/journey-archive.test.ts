/** The archive by the API: what no longer runs is put away and brought back, and nothing of what it did is lost (§8.6). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
let journeyId: string;
let customerId: string;

const VISITS = {
  formatVersion: 1, key: 'visits', name: 'Visits', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: {} }],
};

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('archive', { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  customerId = String((await call('PUT', '/customers', { identifiers: { externalId: 'anna' } })).body['id']);
  journeyId = String((await call('POST', '/journeys', VISITS)).body['id']);
  await call('POST', `/journeys/${journeyId}/publish`, {});
  await call('POST', '/events', { id: 'e1', type: 'visit', occurredAt: '2026-06-16T08:00:00Z', customer: { externalId: 'anna' }, properties: {} });
  await routeOnce(api.engine, workspaceId);
});
afterAll(() => api.close());

const archive = () => call('POST', `/journeys/${journeyId}/archive`, { reason: 'The season is over.' });
const listed = async (query = '') => ((await call('GET', `/journeys${query}`)).body['items'] as { id: string }[]).map(({ id }) => id);

describe('the archive', () => {
  it('§8.6 does not take a journey that runs, nor one that people are still leaving', async () => {
    expect(await archive()).toMatchObject({ status: 409, body: { code: 'journey.state', detail: expect.stringContaining('stop it first') } });
    await call('POST', `/journeys/${journeyId}/stop`, {});
    expect(await archive()).toMatchObject({ status: 409, body: { code: 'journey.state', detail: expect.stringContaining('still leaving') } });
    await inWorkspace(api.database, workspaceId, (transaction) => transaction`update enrollments set ended_at = workspace_now(${workspaceId}), ending = 'stopped', wake_at = null`);
  });

  it('§8.6 takes it out of the list and keeps its report, its versions and everybody’s traces', async () => {
    const before = [(await call('GET', `/journeys/${journeyId}/report`)).body, (await call('GET', `/customers/${customerId}/timeline`)).body];
    expect(JSON.stringify(before)).toContain('entered');
    expect(await archive()).toMatchObject({ status: 200, body: { archivedAt: '2026-06-16T08:00:00.000Z' } });
    expect(await listed()).toEqual([]);
    expect(await listed('?archived=true')).toEqual([journeyId]);
    expect([(await call('GET', `/journeys/${journeyId}/report`)).body, (await call('GET', `/customers/${customerId}/timeline`)).body]).toEqual(before);
    expect((await call('GET', `/journeys/${journeyId}`)).body).toMatchObject({ status: 'stopped', archivedAt: '2026-06-16T08:00:00.000Z' });
  });

  it('§8.6 is neither drawn on, published nor archived again, and says what to do', async () => {
    const refusal = { status: 409, body: { code: 'journey.archived', detail: 'This journey is in the archive: bring it back first.' } };
    expect(await call('PUT', `/journeys/${journeyId}/draft`, { revision: 1, draft: VISITS })).toMatchObject(refusal);
    expect(await call('POST', `/journeys/${journeyId}/publish`, {})).toMatchObject(refusal);
    expect(await archive()).toMatchObject(refusal);
  });

  it('§8.5 §8.6 gives it back as it was, with a line for who put it away and why', async () => {
    expect(await call('POST', `/journeys/${journeyId}/restore`, {})).toMatchObject({ status: 200, body: { archivedAt: null } });
    expect(await call('POST', `/journeys/${journeyId}/restore`, {})).toMatchObject({ status: 409, body: { code: 'journey.state' } });
    expect(await listed()).toEqual([journeyId]);
    expect((await call('GET', '/audit?limit=2')).body['items']).toMatchObject([{ action: 'journey.restore' }, { action: 'journey.archive', reason: 'The season is over.' }]);
    expect(await call('POST', `/journeys/${journeyId}/publish`, {})).toMatchObject({ status: 200, body: { number: 2 } });
  });
});
