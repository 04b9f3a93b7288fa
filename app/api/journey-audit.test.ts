import { afterAll, beforeAll, expect, it } from 'vitest';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

const NOW = Date.UTC(2026, 5, 16, 8);
let api: TestApi;
let call: Call;
let workspaceId: string;

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('audited', { standsAt: NOW });
  call = api.callerOf(await api.makeKey(workspaceId));
});
afterAll(() => api.close());

it('§8.5 pause, drain, resume, stop and publish each leave a line with who, when, why, from what to what, and how many people were inside', async () => {
  const draft = {
    formatVersion: 1, key: 'visits', name: 'Visits', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
    nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 9, unit: 'calendarDays' } }, next: {} }],
  };
  const id = String((await call('POST', '/journeys', draft)).body['id']);
  const act = async (what: string, body: Record<string, unknown> = {}): Promise<void> => expect(await call('POST', `/journeys/${id}/${what}`, body), what).toMatchObject({ status: 200 });
  const visit = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      await call('PUT', '/customers', { identifiers: { externalId: name } });
      await call('POST', '/events', { id: `v-${name}`, type: 'visit', customer: { externalId: name } });
    }
    while ((await routeOnce(api.engine, workspaceId)) > 0);
  };
  await act('publish', { reason: 'season' });
  await visit('anna', 'ben', 'carl');
  await act('pause', { mode: 'drain', reason: 'crowded' });
  await act('resume');
  await act('pause', { reason: 'stock' });
  await act('resume', { reason: 'stock is back' });
  await act('publish', { reason: 'no change' });
  await act('stop', { reason: 'over' });
  const { items } = (await call('GET', `/audit?about=journey&subject=${id}`)).body as { items: { action: string; actorName: string | null; at: string; reason: string | null; before: Record<string, unknown> | null; after: Record<string, unknown> }[] };
  const lines = items.reverse().filter(({ action }) => action !== 'journey.create');
  expect(lines.map(({ action, reason, before, after }) => [action, reason, before?.['status'], after['status'] ?? `version ${String(after['version'])}`, after['people'] === 'finish' ? after['inside'] : after['people']])).toEqual([
    ['journey.publish', 'season', 'draft', 'version 1', 0],
    ['journey.pause', 'crowded', 'live', 'draining', 3],
    ['journey.resume', null, 'draining', 'live', 3],
    ['journey.pause', 'stock', 'live', 'paused', 3],
    ['journey.resume', 'stock is back', 'paused', 'live', 3],
    ['journey.publish', 'no change', 'live', 'version 2', 3],
    ['journey.stop', 'over', 'live', 'stopped', 3],
  ]);
  expect(lines.every(({ actorName, at }) => actorName !== null && !Number.isNaN(Date.parse(at)))).toBe(true);
});
