import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
beforeAll(async () => {
  api = await openTestApi();
  call = api.callerOf(await api.makeKey(await api.makeWorkspace('shops')));
});
afterAll(() => api.close());

it('§11.1 opens a store with its zone, gives it the dates of a season, and changes it under the same id', async () => {
  const lyon = { name: 'Lyon', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' };
  const opened = await call('PUT', '/stores/lyon', lyon);
  expect(opened).toMatchObject({ status: 201, body: { ...lyon, externalId: 'lyon', opensOn: null, closesOn: null } });
  expect(await call('PUT', '/stores/lyon', { ...lyon, opensOn: '2026-12-01', closesOn: '2026-12-31' })).toMatchObject({ status: 200, body: { id: opened.body['id'] } });
  expect((await call('GET', '/stores')).body['items']).toMatchObject([{ id: opened.body['id'], timeZone: 'Europe/Paris', opensOn: '2026-12-01', closesOn: '2026-12-31' }]);
  expect(await call('PUT', '/stores/moon', { ...lyon, timeZone: 'Moon/Tranquillity' })).toMatchObject({ status: 422 });
});

it('§13.2 keeps products with price, cost and categories, one per SKU', async () => {
  const dress = { name: { fr: 'Robe' }, categories: ['dresses', 'summer'], priceMinor: 4_590, costMinor: 1_800 };
  expect(await call('PUT', '/products/d-104', dress)).toMatchObject({ status: 200, body: { sku: 'd-104', ...dress } });
  expect(await call('PUT', '/products/d-104', { ...dress, priceMinor: 3_990 })).toMatchObject({ status: 200 });
  expect((await call('GET', '/products')).body['items']).toMatchObject([{ sku: 'd-104', ...dress, priceMinor: 3_990 }]);
  expect(await call('PUT', '/products/d-105', { ...dress, priceMinor: 39.9 })).toMatchObject({ status: 422 });
});
