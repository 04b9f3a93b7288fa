import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;

const JOURNEY = {
  formatVersion: 1, key: 'by-post', name: 'By post',
  entry: { trigger: { kind: 'event', event: { type: 'catalogue.asked' } }, reentry: { mode: 'afterExit' }, next: 'letter' },
  nodes: [{ id: 'letter', kind: 'sendLetter', settings: { templateKey: 'catalogue', category: 'promotion' }, next: { next: null } }],
};

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('letters', { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  await call('PUT', '/templates/catalogue', { name: 'Catalogue', content: { channel: 'letter', variants: { fr: { text: 'Chère {{ customer.firstName }}, voici le catalogue.' } } } });
  const customer = await call('PUT', '/customers', { identifiers: { externalId: 'c1' }, profile: { firstName: 'Anna', lastName: '=cmd|1', street: '12 rue des Lilas', postalCode: '69001', city: 'Lyon' } });
  await call('PUT', `/customers/${String(customer.body['id'])}/consents`, { consents: [{ purpose: 'marketing', channel: 'letter', state: 'granted', source: 'website' }] });
  const journey = await call('POST', '/journeys', JOURNEY);
  expect(await call('POST', `/journeys/${String(journey.body['id'])}/publish`, {})).toMatchObject({ status: 200 });
  await call('POST', '/events', { id: 'e1', type: 'catalogue.asked', customer: { externalId: 'c1' } });
  while ((await routeOnce(api.engine, workspaceId)) > 0);
  await dispatchOnce(api.engine, workspaceId);
});
afterAll(() => api.close());

const batches = async () => (await call('GET', '/letter-batches')).body['items'] as Record<string, unknown>[];

it('take a letter from a journey to the post and back again, each step once and in its order (§4.3, §13.7)', async () => {
  const [open] = await batches();
  expect(open).toMatchObject({ number: 1, state: 'open', letters: 1, withdrawn: 0, returned: 0 });
  const path = `/letter-batches/${String(open?.['id'])}`;
  expect(await call('POST', `${path}/posted`, {})).toMatchObject({ status: 409, body: { code: 'letters.state' } });
  expect(await call('POST', `${path}/close`, {})).toMatchObject({ status: 200, body: { state: 'closed', withdrawn: 0 } });
  expect(await call('POST', `${path}/close`, {})).toMatchObject({ status: 409 });
  expect(await call('POST', `${path}/posted`, {})).toMatchObject({ status: 200, body: { state: 'posted' } });
  const batchId = parseId('letterBatch', String(open?.['id']));
  const [letter] = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ reply_code: string }[]>`select reply_code from letters where batch_id = ${batchId}`);
  expect(await call('POST', '/letters/returned', { replyCode: 'short' })).toMatchObject({ status: 422 });
  expect(await call('POST', '/letters/returned', { replyCode: letter?.reply_code })).toMatchObject({ status: 200 });
  expect(await batches()).toMatchObject([{ state: 'posted', returned: 1 }]);
  expect((await call('GET', '/messages')).body['items']).toMatchObject([{ channel: 'letter', status: 'bounced', reason: { code: 'letter.returned' } }]);
  expect(((await call('GET', '/audit?limit=3')).body['items'] as { action: string }[]).map(({ action }) => action)).toEqual(['letters.return', 'letters.post', 'letters.close']);
});
