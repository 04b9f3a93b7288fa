import { afterAll, beforeAll, expect, it } from 'vitest';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
const route = async () => {
  while ((await routeOnce(api.engine, workspaceId)) > 0);
};

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('pressed');
  call = api.callerOf(await api.makeKey(workspaceId));
});
afterAll(() => api.close());

it('applies to whoever is held: they look again when the policy changes (§5.13, §5.18)', async () => {
  const { body } = await call('GET', '/pressure-policy');
  const { policy, revision } = body as { policy: { rules: unknown[] }; revision: number };
  const none = { key: 'none', scope: { kind: 'everyone' }, window: { kind: 'calendar', unit: 'year' }, maximumCount: 0 };
  const day = { key: 'day', scope: { kind: 'everyone' }, window: { kind: 'rolling', seconds: 86_400 }, maximumCount: 1 };
  await call('PUT', '/templates/news', { name: 'News', content: { channel: 'email', variants: { fr: { subject: 'Bonjour', html: '<p>Bonjour</p>' } } } });
  const made = await call('POST', '/journeys', {
    formatVersion: 1, key: 'news', name: 'News', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perKey', property: 'orderId' }, next: 'mail' },
    nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'news', category: 'promotion', whenCapped: { kind: 'hold', expiresAfterSeconds: 30 * 86_400 } } }],
  });
  expect((await call('POST', `/journeys/${String(made.body['id'])}/publish`, {})).status).toBe(200);
  const customer = await call('PUT', '/customers', { identifiers: { email: 'anna@example.org' } });
  const id = String(customer.body['id']);
  await call('PUT', `/customers/${id}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
  const buy = (orderId: string) => call('POST', '/events', { id: orderId, type: 'purchase', customer: { email: 'anna@example.org' }, properties: { orderId, amountMinor: 100, currency: 'EUR' } });

  expect((await call('PUT', '/pressure-policy', { revision, policy: { ...policy, rules: [day] } })).status).toBe(200);
  await buy('o1');
  await buy('o2');
  await route();
  const inside = () => call('GET', `/journeys/${String(made.body['id'])}/enrollments?inside=true`);
  expect((await inside()).body['items']).toHaveLength(1);
  expect((await call('GET', `/customers/${id}/messages`)).body['items']).toHaveLength(1);
  expect((await call('PUT', '/pressure-policy', { revision: revision + 1, policy: { ...policy, rules: [{ ...day, maximumCount: 2 }] } })).status).toBe(200);
  await route();
  expect((await inside()).body['items']).toEqual([]);
  expect((await call('GET', `/customers/${id}/messages`)).body['items']).toMatchObject([{ status: 'queued' }, { status: 'queued' }]);

  expect((await call('PUT', '/pressure-policy', { revision: revision + 2, policy: { ...policy, rules: [none] } })).status).toBe(200);
  await buy('o3');
  await route();
  const [held] = (await inside()).body['items'] as { id: string }[];
  const removed = await call('POST', `/journeys/${String(made.body['id'])}/enrollments/${held?.id}/remove`, { reason: 'asked on the phone' });
  expect(removed).toMatchObject({ status: 200, body: { removed: true } });
  const report = await call('GET', `/journeys/${String(made.body['id'])}/report`);
  expect(report.body).toMatchObject({ entered: 3, inside: 0, endings: [{ ending: 'completed', count: 2 }, { ending: 'removed', count: 1 }] });
  expect((await call('GET', '/audit?limit=1')).body['items']).toMatchObject([{ action: 'enrollment.remove', reason: 'asked on the phone' }]);
});
