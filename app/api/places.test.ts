import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
let customerId: string;
const LYON = { latitude: 45.7578, longitude: 4.832 };

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('squares', { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  await call('PUT', '/stores/lyon', { name: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  customerId = String((await call('PUT', '/customers', { identifiers: { card: '17' } })).body['id']);
  await call('PUT', '/places/square', { name: 'Place Bellecour', kind: 'place', store: 'lyon', area: { ...LYON, radiusMeters: 200 } });
});
afterAll(() => api.close());

const visits = () => inWorkspace(api.database, workspaceId, (transaction) => transaction<{ properties: Record<string, unknown>; source: string; depth: number }[]>`select properties, source, depth from events where type = 'place.visited' order by no`);
const journey = (key: string, where?: unknown) => ({
  formatVersion: 1, key, name: key, entry: { trigger: { kind: 'event', event: { type: 'place.visited', ...(where !== undefined && { where }) } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: { next: null } }],
});
const inside = async (journeyId: string) => (await call('GET', `/journeys/${journeyId}/report`)).body['inside'];

describe('places by the API', () => {
  it('§1.10 take in who comes to them, once per visit, and only at the place that the journey names', async () => {
    const publish = async (draft: unknown) => {
      const id = String((await call('POST', '/journeys', draft)).body['id']);
      expect((await call('POST', `/journeys/${id}/publish`, {})).status).toBe(200);
      return id;
    };
    const here = await publish(journey('here', { field: 'event.properties.place', is: 'in', value: ['square', 'window'] }));
    const elsewhere = await publish(journey('elsewhere', { field: 'event.properties.place', is: 'in', value: ['window'] }));
    expect(await call('POST', '/places/square/visits', { customer: { card: '17' } })).toMatchObject({ status: 202, body: { customerId, counted: true } });
    expect((await call('POST', '/places/square/visits', { customer: { id: customerId } })).body).toEqual({ customerId, counted: false });
    await routeOnce(api.engine, workspaceId);
    expect(await visits()).toMatchObject([{ source: 'merchant', depth: 0, properties: { place: 'square', placeName: 'Place Bellecour', placeKind: 'place', store: 'lyon' } }]);
    expect([await inside(here), await inside(elsewhere)]).toEqual([1, 0]);
    expect((await call('GET', '/places/square')).body).toMatchObject({ visits: 1, visitors: 1, store: 'lyon', closedAt: null });
  });

  it('§1.10 take a position only with a consent of its own, from inside the area, and keep it nowhere', async () => {
    const at = (position: unknown) => call('POST', '/places/square/visits', { customer: { phone: '06 12 34 56 78' }, position });
    expect(await at(LYON)).toMatchObject({ status: 403, body: { code: 'location.noConsent' } });
    const other = String((await call('PUT', '/customers', { identifiers: { phone: '+33612345678' } })).body['id']);
    await call('PUT', `/customers/${other}/consents`, { consents: [{ purpose: 'marketing', channel: 'sms', state: 'granted', source: 'app' }] });
    expect((await at(LYON)).status, 'consent to messages is not consent to be located').toBe(403);
    expect((await call('PUT', `/customers/${other}/location-consent`, { state: 'granted', source: 'app', wordingVersion: '2026-03' })).body).toMatchObject({ state: 'granted', source: 'app' });
    expect(await at({ latitude: 48.8566, longitude: 2.3522 })).toMatchObject({ status: 422, body: { code: 'location.outside' } });
    expect((await at({ latitude: 45.75791, longitude: 4.83211 })).body).toEqual({ customerId: other, counted: true });
    await call('PUT', `/customers/${other}/location-consent`, { state: 'denied', source: 'app' });
    expect((await at(LYON)).status).toBe(403);
    const everything = await inWorkspace(api.database, workspaceId, async (transaction) => JSON.stringify([await transaction`select * from events`, await transaction`select * from place_visits`, await transaction`select * from audit_lines where action not like 'place.%'`]));
    expect(everything).not.toMatch(/45\.757|4\.832|48\.85/);
  });

  it('§1.10 lead nowhere when they are closed, and have another code when it is renewed', async () => {
    const before = (await call('PUT', '/places/window', { name: 'Window', kind: 'qr', asksFor: ['email'] })).body;
    expect(before['url']).toMatch(/^http:\/\/127\.0\.0\.1:3000\/q\/[\w-]{30}$/);
    expect((await call('PUT', '/places/window', { name: 'Big window', kind: 'qr' })).body).toMatchObject({ name: 'Big window', url: before['url'], asksFor: [] });
    const code = (await call('GET', '/places/window/code')).body;
    expect(code['url']).toBe(before['url']);
    expect(code['svg']).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    expect((await call('POST', '/places/window/renew')).body['url']).not.toBe(before['url']);
    expect((await call('POST', '/places/window/close')).body['closedAt']).not.toBeNull();
    expect(await call('POST', '/places/window/visits', { customer: { card: '17' } })).toMatchObject({ status: 409, body: { code: 'place.closed' } });
    expect((await call('POST', '/places/window/open')).body['closedAt']).toBeNull();
    const { body } = await call('GET', '/audit?limit=10');
    expect((body['items'] as { action: string; subject: string }[]).filter(({ subject }) => subject === 'window').map(({ action }) => action)).toEqual(['place.open', 'place.close', 'place.renew', 'place.change', 'place.create']);
  });

  it('are refused with what is wrong: no such store or customer, nobody named, an area without its radius', async () => {
    expect(await call('PUT', '/places/other', { name: 'x', kind: 'qr', store: 'nowhere' })).toMatchObject({ status: 404, body: { code: 'store.unknown' } });
    expect(await call('PUT', '/places/other', { name: 'x', kind: 'place', area: LYON })).toMatchObject({ status: 422 });
    expect(await call('POST', '/places/square/visits', { customer: {} })).toMatchObject({ status: 422 });
    expect(await call('POST', '/places/square/visits', { customer: { email: 'no address' } })).toMatchObject({ status: 422 });
    expect(await call('POST', '/places/square/visits', { customer: { id: 'cus_00000000000000000000000000' } })).toMatchObject({ status: 404, body: { code: 'customer.unknown' } });
    expect(await call('POST', '/places/nowhere/visits', { customer: { card: '17' } })).toMatchObject({ status: 404, body: { code: 'place.unknown' } });
    expect(await call('GET', '/places')).toMatchObject({ status: 200, body: { items: [{ key: 'square' }, { key: 'window' }] } });
  });
});
