import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let owner: Call;
const sale = (id: string, more: Record<string, unknown> = {}) => ({ id, type: 'purchase', customer: { externalId: `buyer-${id}` }, properties: { orderId: id, amountMinor: 1_000, currency: 'EUR' }, ...more });
const keyFor = async (stores: string[]): Promise<Call> => api.callerOf(String((await owner('POST', '/api-keys', { name: stores.join(), scopes: ['events:write', 'customers:read', 'settings:read'], stores })).body['key']));
const found = async (call: Call): Promise<number> => ((await call('POST', '/customers/search', {})).body['items'] as unknown[]).length;

beforeAll(async () => {
  api = await openTestApi();
  owner = api.callerOf(await api.makeKey(await api.makeWorkspace('keys-of-stores')));
  for (const name of ['lyon', 'nantes', 'paris']) await owner('PUT', `/stores/${name}`, { name, country: 'FR', timeZone: 'Europe/Paris' });
});
afterAll(() => api.close());

it('§11.4 what the key of a store posts is of that store, and another store’s is refused', async () => {
  const lyon = await keyFor(['lyon']);
  expect((await lyon('POST', '/events', [sale('k-1'), sale('k-2', { store: 'lyon' })])).body['events']).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
  expect((await lyon('POST', '/events', sale('k-1'))).body['events']).toMatchObject([{ status: 'duplicate' }]);
  expect(await lyon('POST', '/events', sale('k-3', { store: 'nantes' }))).toMatchObject({ status: 403, body: { code: 'store.notYours' } });
  const both = await keyFor(['lyon', 'nantes']);
  expect(await both('POST', '/events', sale('k-4'))).toMatchObject({ status: 403, body: { code: 'store.notYours' } });
  expect(await both('POST', '/events', sale('k-5', { store: 'nantes' }))).toMatchObject({ status: 202 });
});

it('§11.8 the key of a store reads only whom its store has served, and nothing of the whole brand', async () => {
  expect(await found(await keyFor(['lyon']))).toBe(2);
  expect(await found(await keyFor(['nantes']))).toBe(1);
  const paris = await keyFor(['paris']);
  expect(await found(paris)).toBe(0);
  expect(await paris('GET', '/customers/by-external-id/buyer-k-1')).toMatchObject({ status: 404, body: { code: 'customer.unknown' } });
  expect(await paris('GET', '/audit')).toMatchObject({ status: 403, body: { code: 'store.beyond' } });
  expect(await found(owner)).toBe(3);
});

it('names the stores of a key in the list and in the log, and refuses a store that is not there', async () => {
  const { items } = (await owner('GET', '/api-keys')).body as { items: { name: string; stores: string[] | null }[] };
  expect(items.find(({ name }) => name === 'lyon,nantes')?.stores).toEqual(['lyon', 'nantes']);
  expect(items.find(({ name }) => name === 'test')?.stores).toBeNull();
  expect(await owner('POST', '/api-keys', { name: 'x', scopes: ['events:write'], stores: ['moon'] })).toMatchObject({ status: 404, body: { code: 'store.unknown' } });
});
