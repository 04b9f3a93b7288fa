import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
beforeAll(async () => {
  api = await openTestApi();
  call = api.callerOf(await api.makeKey(await api.makeWorkspace('seen')));
  const people = [['Lyon', 42, ['vip']], ['Lyon', 38, ['vip', 'new']], ['Lille', 42, []], ['L%n', 42, []]] as const;
  for (const [index, [city, size, tags]] of people.entries()) {
    expect((await call('PUT', '/customers', { identifiers: { externalId: `c-${index}` }, profile: { city, tags, attributes: { shoeSize: size, ...(index === 0 && { colour: 'red' }) } } })).status).toBeLessThan(300);
    await call('POST', '/events', { id: `v-${index}`, type: 'visit', customer: { externalId: `c-${index}` }, properties: { channel: index === 0 ? 'app' : 'web', basket: { kind: 'gift' } } });
  }
});
afterAll(() => api.close());

const valuesOf = async (body: unknown): Promise<[unknown, unknown][]> => ((await call('POST', '/audiences/values', body)).body['items'] as { value: unknown; count: unknown }[]).map(({ value, count }) => [value, count]);

it('offers the attributes that customers have, the most frequent first', async () => {
  expect((await call('GET', '/audiences/attributes')).body['items']).toEqual([{ name: 'shoeSize', count: 4 }, { name: 'colour', count: 1 }]);
});

it('offers the values that a field has had: of the profile, tags, attributes and properties of an event', async () => {
  expect(await valuesOf({ field: 'customer.city' })).toEqual([['Lyon', 2], ['L%n', 1], ['Lille', 1]]);
  expect(await valuesOf({ field: 'customer.city', find: 'ly' })).toEqual([['Lyon', 2]]);
  expect(await valuesOf({ field: 'customer.city', find: 'L%' })).toEqual([['L%n', 1]]);
  expect(await valuesOf({ field: 'customer.tags' })).toEqual([['vip', 2], ['new', 1]]);
  expect(await valuesOf({ field: 'customer.attributes.shoeSize' })).toEqual([[42, 3], [38, 1]]);
  expect(await valuesOf({ field: 'event.properties.channel', event: 'visit' })).toEqual([['web', 3], ['app', 1]]);
  expect(await valuesOf({ field: 'properties.basket.kind', event: 'visit' })).toEqual([['gift', 4]]);
});

it('has none to offer for figures and dates, and refuses what no condition can ask about', async () => {
  expect(await valuesOf({ field: 'figures.purchases' })).toEqual([]);
  expect(await valuesOf({ field: 'customer.birthDate' })).toEqual([]);
  expect((await call('POST', '/audiences/values', { field: 'customer.password' })).status).toBe(422);
});
