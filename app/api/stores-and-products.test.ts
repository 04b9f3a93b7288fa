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

it('§13.2 finds products by the beginnings of words of their number, names and categories, without accents', async () => {
  await call('PUT', '/products/RB.2201', { name: { fr: 'Robe d’été à pois', en: 'Dotted dress' }, categories: ['Été 2026'], priceMinor: 5_000, stock: 3 });
  await call('PUT', '/products/RB.2202', { name: { fr: 'Robe de fête' }, priceMinor: 6_000, stock: 0 });
  const found = async (query: Record<string, string>) => ((await call('GET', `/products?${new URLSearchParams(query)}`)).body['items'] as { sku: string }[]).map(({ sku }) => sku);
  expect(await found({ search: 'ROBE' })).toEqual(['RB.2201', 'RB.2202', 'd-104']);
  expect(await found({ search: 'rob pois' })).toEqual(['RB.2201']);
  expect(await found({ search: 'ete dott' })).toEqual(['RB.2201']);
  expect(await found({ search: 'rb.22' })).toEqual(['RB.2201', 'RB.2202']);
  expect(await found({ search: "'; & | ! :*" })).toEqual([]);
  expect(await found({ search: 'obe' })).toEqual([]);
  expect(await found({ search: 'rob', show: 'available' })).toEqual(['RB.2201', 'd-104']);
  expect(await found({ category: 'Été 2026' })).toEqual(['RB.2201']);
  expect((await call('GET', '/product-categories')).body['items']).toContainEqual({ category: 'Été 2026', products: 1 });
});

it('§13.2 takes a product out of the assortment and back, and keeps what a change leaves out', async () => {
  const coat = { name: { fr: 'Manteau' }, categories: [], priceMinor: 9_000 };
  await call('PUT', '/products/coat', { ...coat, stock: 4, picture: 'https://cdn.example.com/coat.jpg', url: 'https://shop.example.com/coat' });
  expect((await call('PUT', '/products/coat', coat)).body).toMatchObject({ stock: 4, picture: 'https://cdn.example.com/coat.jpg', url: 'https://shop.example.com/coat', available: true });
  expect((await call('PUT', '/products/coat', { ...coat, stock: null, picture: null })).body).toMatchObject({ stock: null, picture: null, available: true });
  expect((await call('POST', '/products/coat/archive', {})).body).toMatchObject({ available: false, archivedAt: expect.any(String) });
  expect((await call('GET', '/till')).body['products']).not.toContainEqual(expect.objectContaining({ sku: 'coat' }));
  expect((await call('GET', '/products?show=archived')).body['items']).toMatchObject([{ sku: 'coat' }]);
  expect((await call('POST', '/products/coat/restore', {})).body).toMatchObject({ available: true, archivedAt: null });
  expect(await call('POST', '/products/none/archive', {})).toMatchObject({ status: 404, body: { code: 'product.unknown' } });
  expect(await call('PUT', '/products/coat', { ...coat, picture: 'javascript:alert(1)' })).toMatchObject({ status: 422, body: { errors: [{ path: ['body', 'picture'] }] } });
});

it('lets whoever writes content keep the catalogue too, and nobody who only reads', async () => {
  const workspaceId = await api.makeWorkspace('writers');
  const writes = api.callerOf(await api.makeKey(workspaceId, ['content:read', 'content:write']));
  expect((await writes('PUT', '/products/hat', { name: { fr: 'Bonnet' }, priceMinor: 900 })).status).toBe(200);
  const reads = api.callerOf(await api.makeKey(workspaceId, ['content:read']));
  expect((await reads('GET', '/products')).body['items']).toMatchObject([{ sku: 'hat' }]);
  expect(await reads('PUT', '/products/hat', { name: { fr: 'Bonnet' }, priceMinor: 900 })).toMatchObject({ status: 403, body: { code: 'scope.missing' } });
});
