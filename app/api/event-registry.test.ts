import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let eventNumber = 0;

const visit = (properties: Record<string, unknown>, type = 'visit') => ({ id: `e-${(eventNumber += 1)}`, type, customer: { card: '2701000001' }, properties });
const statusOf = async (event: unknown): Promise<unknown> => ((await call('POST', '/events', event)).body['events'] as { status: string }[] | undefined)?.[0]?.status;

beforeAll(async () => {
  api = await openTestApi();
  call = api.callerOf(await api.makeKey(await api.makeWorkspace('registry')));
});
afterAll(() => api.close());

it('§11.4 a schema is learned from what came, agreed by a person, and quarantines what does not hold to it until it is replayed', async () => {
  await call('POST', '/events', Array.from({ length: 12 }, (_, index) => visit({ minutes: index, shop: index % 2 ? 'lyon' : 'nantes', ...(index === 0 && { note: 'first' }) })));
  const learned = (await call('GET', '/event-types/visit')).body;
  expect(learned).toMatchObject({
    version: 0, agreed: null, quarantined: 0, learned: { samples: 12, properties: [{ name: 'minutes', seen: 12, kinds: [{ kind: 'number', count: 12 }] }, { name: 'note', seen: 1 }, { name: 'shop', seen: 12, few: true }] },
    proposed: { properties: { minutes: { kind: 'number', required: true }, note: { kind: 'text', required: false }, shop: { kind: 'text', required: true } } },
  });
  const schema = { properties: { minutes: { kind: 'number', required: true }, shop: { kind: 'text', values: ['lyon', 'nantes'] } } };
  expect((await call('POST', '/event-types/visit/schema/try', { schema: { properties: { shop: { kind: 'text', values: ['lyon'] } } } })).body).toMatchObject({ samples: 12, failing: 6, faults: [{ code: 'event.propertyValue', path: ['properties', 'shop'], count: 6 }] });
  expect(await call('PUT', '/event-types/visit/schema', { version: 0, schema })).toMatchObject({ status: 200, body: { version: 1 } });
  expect(await call('PUT', '/event-types/visit/schema', { version: 0, schema })).toMatchObject({ status: 409, body: { code: 'eventType.version' } });

  expect(await statusOf(visit({ minutes: 3, shop: 'lyon' }))).toBe('accepted');
  const wrong = visit({ minutes: '3', shop: 'paris' });
  expect((await call('POST', '/events', wrong)).body['events']).toMatchObject([{ status: 'quarantined', problems: [{ code: 'event.propertyKind', path: ['properties', 'minutes'], message: '«minutes» is a text, and a number is expected here.' }, { code: 'event.propertyValue', path: ['properties', 'shop'] }] }]);
  expect((await call('POST', '/events/quarantined/replay', { type: 'visit' })).body).toMatchObject({ accepted: 0, left: 1 });

  await call('PUT', '/event-types/visit/schema', { version: 1, schema: { properties: { minutes: { kind: 'any', required: true } } } });
  expect((await call('POST', '/events/quarantined/replay', { type: 'visit' })).body).toMatchObject({ accepted: 1, left: 0 });
  expect(await call('DELETE', '/event-types/visit/schema', { version: 2 })).toMatchObject({ status: 200, body: { version: 3 } });
  expect(await statusOf(visit({}))).toBe('accepted');
  expect((await call('GET', '/event-types/visit')).body).toMatchObject({ version: 3, agreed: null, versions: [{ version: 3, schema: null }, { version: 2 }, { version: 1 }] });
  expect(((await call('GET', '/audit?about=eventType')).body['items'] as { action: string }[]).map(({ action }) => action)).toEqual(['eventType.end', 'eventType.agree', 'eventType.agree']);
});

it('§11.4 what a purchase says beyond its own rules is agreed too', async () => {
  await call('PUT', '/event-types/purchase/schema', { version: 0, schema: { properties: { cashier: { kind: 'text', required: true } } } });
  const properties = { orderId: 'o-1', amountMinor: 100, currency: 'EUR' };
  expect(await statusOf(visit(properties, 'purchase'))).toBe('quarantined');
  expect(await statusOf(visit({ ...properties, orderId: 'o-2', cashier: 'Nadia' }, 'purchase'))).toBe('accepted');
});

it('§11.4 events of unknown types are accepted and learned, or kept until their type is agreed, as the workspace chooses', async () => {
  expect((await call('GET', '/event-registry')).body).toEqual({ unknownTypes: 'accepted' });
  expect(await statusOf(visit({ a: 1 }, 'first-kind'))).toBe('accepted');
  await call('PUT', '/event-registry', { unknownTypes: 'quarantined' });
  expect(await statusOf(visit({ a: 1 }, 'first-kind'))).toBe('accepted');
  expect(await statusOf(visit({ size: 38 }, 'second-kind'))).toBe('quarantined');
  const unknown = (await call('GET', '/event-types/second-kind')).body;
  expect(unknown).toMatchObject({ firstSeenAt: null, quarantined: 1, proposed: { properties: { size: { kind: 'number' } } } });
  await call('PUT', '/event-types/second-kind/schema', { version: 0, schema: unknown['proposed'] });
  expect((await call('POST', '/events/quarantined/replay', { type: 'second-kind' })).body).toMatchObject({ accepted: 1, left: 0 });
  await call('PUT', '/event-registry', { unknownTypes: 'accepted' });
});

it('says so when there is nothing to read or to agree', async () => {
  expect(await call('GET', '/event-types/never')).toMatchObject({ status: 404, body: { code: 'eventType.unknown' } });
  expect(await call('PUT', '/event-types/customer.created/schema', { version: 0, schema: { properties: {} } })).toMatchObject({ status: 422, body: { code: 'eventType.reserved' } });
  expect(await call('PUT', '/event-types/visit/schema', { version: 3, schema: { properties: { 'a b': { kind: 'colour' } } } })).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
});
