import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';
import { ROLE_SCOPES } from '#engine/commands/roles.ts';
import { pairTill } from '#engine/tills/pair-till.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
let lyonId: string;

const storeOf = (name: string) => ({ name, country: 'FR', timeZone: 'Europe/Paris' });
const sale = (id: string, changes: Record<string, unknown> = {}) => ({ id, type: 'purchase', store: 'lyon', customer: { card: '2701000001' }, properties: { orderId: id, amountMinor: 1_000, currency: 'EUR' }, ...changes });

/** A till of Lyon, paired: its id and a call in its name. */
async function pairedTill(name: string): Promise<{ id: string; call: Call; token: string }> {
  const { id, code } = (await call('POST', '/stores/lyon/tills', { name })).body;
  const paired = await pairTill(api.engine, String(code));
  return { id: String(id), token: paired?.token ?? '', call: api.callerOf(paired?.token ?? '') };
}
const merchantOf = (storeIds: string[]): Call => api.callerOf('', { session: async () => ({ userId: 'm', workspaceId, scopes: ROLE_SCOPES.merchant, storeIds }) });
/** A request of a page: it carries no key. */
const asPage = (given: Call): Call => (method, path, body, headers) => given(method, path, body, { authorization: '', ...headers });

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('counters');
  call = api.callerOf(await api.makeKey(workspaceId));
  lyonId = parseId('store', String((await call('PUT', '/stores/lyon', storeOf('Lyon'))).body['id'])) ?? '';
  await call('PUT', '/stores/nantes', storeOf('Nantes'));
  await call('PUT', '/customers', { identifiers: { card: '2701000001' }, profile: { firstName: 'Anna' } });
});
afterAll(() => api.close());

it('§11.6 a till is paired by a code that is good once, and works for its store alone', async () => {
  const added = await call('POST', '/stores/lyon/tills', { name: 'Counter 1' });
  expect(added).toMatchObject({ status: 201, body: { code: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/) } });
  const code = String(added.body['code']);
  expect(await pairTill(api.engine, 'ABCD-2345')).toBeNull();
  const paired = await pairTill(api.engine, code.toLowerCase().replace('-', ' '));
  expect(paired).toMatchObject({ name: 'Counter 1', store: { externalId: 'lyon' } });
  expect(await pairTill(api.engine, code)).toBeNull();
  const till = api.callerOf(paired?.token ?? '');
  expect((await till('GET', '/till')).body).toMatchObject({ till: { name: 'Counter 1', staff: [], identified: null }, stores: [{ externalId: 'lyon' }] });
  expect((await till('POST', '/till/look-up', { text: '2701000001' })).body).toMatchObject({ customer: { firstName: 'Anna' } });
  expect(await till('POST', '/events', sale('s-1'))).toMatchObject({ status: 202 });
  expect(await till('POST', '/events', sale('s-2', { store: 'nantes' }))).toMatchObject({ status: 403, body: { code: 'store.notYours' } });
  const [event] = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ posted_by: string }[]>`select posted_by from events where event_id = 's-1'`);
  expect(event?.posted_by).toBe(`till:${String(added.body['id'])}`);
});

it('§11.6 a code that is ten minutes old pairs nothing', async () => {
  const { id, code } = (await call('POST', '/stores/lyon/tills', { name: 'Late' })).body;
  await inWorkspace(api.database, workspaceId, (transaction) => transaction`update tills set code_expires_at = clock_timestamp() - interval '1 second' where id = ${parseId('till', String(id))}`);
  expect(await pairTill(api.engine, String(code))).toBeNull();
});

it('keeps neither the code nor the token of a device, only hashes', async () => {
  const { code } = (await call('POST', '/stores/lyon/tills', { name: 'Hashed' })).body;
  const text = JSON.stringify(await inWorkspace(api.database, workspaceId, (transaction) => transaction`select t::text as row from tills t union all select a::text from audit_lines a`));
  expect(text).not.toContain(String(code));
  expect(text).not.toContain(String(code).replace('-', ''));
});

it('§11.6 a till reaches what a till needs and no other route', async () => {
  const till = await pairedTill('Narrow');
  for (const [method, path, body] of [['GET', '/tills'], ['POST', '/customers/search', {}], ['GET', '/event-types'], ['GET', '/journeys'], ['POST', '/api-keys', { name: 'x', scopes: ['events:write'] }], ['GET', '/audit'], ['GET', '/programmes']] as const) {
    expect({ path, ...(await till.call(method, path, body)) }).toMatchObject({ path, status: 403, body: { code: 'scope.missing' } });
  }
});

it('§11.6 replaces a device by another code, and revokes it: from then on it is nobody', async () => {
  const first = await pairedTill('Swapped');
  const { code } = (await call('POST', `/tills/${first.id}/code`, {})).body;
  expect(await first.call('GET', '/till')).toMatchObject({ status: 200 });
  const second = api.callerOf((await pairTill(api.engine, String(code)))?.token ?? '');
  expect(await first.call('GET', '/till')).toMatchObject({ status: 401, body: { code: 'till.notPaired' } });
  expect((await second('GET', '/till')).body).toMatchObject({ till: { id: first.id, name: 'Swapped' } });
  expect(await call('POST', `/tills/${first.id}/revoke`, {})).toMatchObject({ status: 200 });
  expect(await second('GET', '/till')).toMatchObject({ status: 401, body: { code: 'till.notPaired' } });
  expect(await call('PUT', `/tills/${first.id}`, { name: 'again' })).toMatchObject({ status: 404, body: { code: 'till.unknown' } });
});

it('§11.6 shows when a till was last seen and what it has still to send', async () => {
  const till = await pairedTill('Seen');
  await till.call('POST', '/till/seen', { waiting: 3, refused: 1 });
  await call('PUT', `/tills/${till.id}`, { name: 'Seen again' });
  const { items } = (await call('GET', '/tills')).body as { items: { externalId: string; tills: Record<string, unknown>[] }[] };
  expect(items.find(({ externalId }) => externalId === 'lyon')?.tills).toContainEqual(expect.objectContaining({ id: till.id, name: 'Seen again', waiting: 3, refused: 1, lastSeenAt: expect.any(String), codeExpiresAt: null }));
  expect(await call('POST', '/till/seen', { waiting: 0, refused: 0 })).toMatchObject({ status: 403, body: { code: 'till.only' } });
});

it('§11.6 with staff, a till shows nobody’s data before a PIN was given, takes sales all the same, and names who did what', async () => {
  const till = await pairedTill('With staff');
  const { id: staffId } = (await call('POST', '/stores/lyon/staff', { name: 'Nadia', pin: '4071' })).body;
  expect(await till.call('POST', '/till/look-up', { text: '2701000001' })).toMatchObject({ status: 401, body: { code: 'till.locked' } });
  expect(await till.call('POST', '/events', sale('s-nobody'))).toMatchObject({ status: 202 });
  expect(await till.call('POST', '/till/identify', { staffId, pin: '0000' })).toMatchObject({ status: 403, body: { code: 'staff.wrongPin' } });
  const { token, name } = (await till.call('POST', '/till/identify', { staffId, pin: '4071' })).body;
  expect(name).toBe('Nadia');
  const headers = { 'x-parcours-staff': String(token) };
  expect(await till.call('POST', '/till/look-up', { text: '2701000001' }, headers)).toMatchObject({ status: 200 });
  await till.call('POST', '/events', sale('s-nadia'), headers);
  const rows = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ posted_by: string }[]>`select posted_by from events where event_id = any(${['s-nobody', 's-nadia']}) order by event_id`);
  expect(rows.map(({ posted_by }) => posted_by)).toEqual([`staff:${String(staffId)}`, `till:${till.id}`]);
  const [anna] = (await call('POST', '/customers/search', { identifier: { kind: 'card', value: '2701000001' } })).body['items'] as { id: string }[];
  const lines = (await call('GET', `/customers/${anna?.id ?? ''}/timeline`)).body['items'] as { data: { eventId?: string; postedBy?: string } }[];
  expect(lines.find(({ data }) => data.eventId === 's-nadia')?.data.postedBy).toBe('Nadia');
  await till.call('POST', '/till/enrol', { identifiers: { phone: '0639980009' } }, headers);
  expect((await call('GET', '/audit?about=customer')).body['items']).toContainEqual(expect.objectContaining({ actor: `staff:${String(staffId)}`, actorName: 'Nadia' }));

  const other = await pairedTill('Beside it');
  expect(await other.call('POST', '/till/look-up', { text: '2701000001' }, headers)).toMatchObject({ status: 401 });
  await call('PUT', `/till-staff/${String(staffId)}`, { pin: '5182' });
  expect(await till.call('POST', '/till/look-up', { text: '2701000001' }, headers)).toMatchObject({ status: 401, body: { code: 'till.locked' } });
  await call('DELETE', `/till-staff/${String(staffId)}`, {});
  expect(await till.call('POST', '/till/look-up', { text: '2701000001' })).toMatchObject({ status: 200 });
});

it('§11.6 takes nobody by a name after five wrong PINs, not even with the right one', async () => {
  const till = await pairedTill('Guessed');
  const { id: staffId } = (await call('POST', '/stores/lyon/staff', { name: 'Yann', pin: '908172' })).body;
  for (let times = 0; times < 4; times += 1) expect(await till.call('POST', '/till/identify', { staffId, pin: '1111' })).toMatchObject({ status: 403 });
  expect(await till.call('POST', '/till/identify', { staffId, pin: '1111' })).toMatchObject({ status: 429, body: { code: 'staff.locked' } });
  expect(await till.call('POST', '/till/identify', { staffId, pin: '908172' })).toMatchObject({ status: 429 });
  await call('PUT', `/till-staff/${String(staffId)}`, { pin: '908172' });
  expect(await till.call('POST', '/till/identify', { staffId, pin: '908172' })).toMatchObject({ status: 200 });
  await call('DELETE', `/till-staff/${String(staffId)}`, {});
});

it('a merchant keeps the tills and staff of their own stores, and finds no other', async () => {
  const mine = asPage(merchantOf([lyonId]));
  expect(((await mine('GET', '/tills')).body['items'] as { externalId: string }[]).map(({ externalId }) => externalId)).toEqual(['lyon']);
  expect(await mine('POST', '/stores/nantes/tills', { name: 'Theirs' })).toMatchObject({ status: 404, body: { code: 'store.unknown' } });
  expect(await mine('POST', '/stores/nantes/staff', { name: 'Zoé', pin: '1234' })).toMatchObject({ status: 404, body: { code: 'store.unknown' } });
  const { id } = (await call('POST', '/stores/nantes/tills', { name: 'Nantes 1' })).body;
  expect(await mine('POST', `/tills/${String(id)}/revoke`, {})).toMatchObject({ status: 404, body: { code: 'till.unknown' } });
  expect(await mine('POST', '/stores/lyon/tills', { name: 'Mine' })).toMatchObject({ status: 201 });
});
