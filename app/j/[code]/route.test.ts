import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import type { Engine } from '#engine/engine.ts';
import { GET as visitGet } from '#app/q/[code]/route.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';
import { GET, POST } from './route.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
let code: string;
// The process's own engine, as temporal/web-engine.ts keeps it.
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine };
const codeOf = (body: Record<string, unknown>): string => String(body['url']).split('/').at(-1) ?? '';
const context = (text = code) => ({ params: Promise.resolve({ code: text }) });
let from = 0;
/** From another network each time, but where the limit is what is looked at. */
const post = (fields: Record<string, string>, address = `10.0.0.${(from += 1)}`) => POST(new Request('http://127.0.0.1:3000/j/x', { method: 'POST', body: new URLSearchParams(fields), headers: { 'x-forwarded-for': address } }), context());
const get = (search = '', headers: Record<string, string> = {}, text = code) => GET(new Request(`http://127.0.0.1:3000/j/x${search}`, { headers }), context(text));
const read = <T>(work: (transaction: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T>) => inWorkspace(api.database, workspaceId, work);
const customer = (phone: string) => read(async (transaction) => (await transaction<{ id: string; profile: Record<string, unknown> }[]>`select c.id, c.profile from customers c join customer_identifiers i on i.customer_id = c.id where i.value = ${phone}`)[0]);

beforeAll(async () => {
  api = await openTestApi();
  kept.parcoursWebEngine = api.engine;
  workspaceId = await api.makeWorkspace('posters');
  call = api.callerOf(await api.makeKey(workspaceId));
  await call('PUT', '/stores/lyon', { name: 'Lyon <Bellecour>', country: 'FR', timeZone: 'Europe/Paris' });
  const poster = await call('PUT', '/stores/lyon/poster', {});
  expect(poster).toMatchObject({ status: 200, body: { url: expect.stringMatching(/\/j\/[\w-]{30}$/), svg: expect.stringContaining('<svg'), joined: 0, closedAt: null } });
  code = codeOf(poster.body);
  const welcome = { formatVersion: 1, key: 'welcome', name: 'Welcome', entry: { trigger: { kind: 'event', event: { type: 'store.joined' } }, reentry: { mode: 'onceEver' }, next: 'end' }, nodes: [{ id: 'end', kind: 'exit', settings: {} }] };
  const { id } = (await call('POST', '/journeys', welcome)).body;
  expect(await call('POST', `/journeys/${String(id)}/publish`, {})).toMatchObject({ status: 200 });
});
afterAll(async () => {
  delete kept.parcoursWebEngine;
  await api.close();
});

it('shows a page without scripts, in the reader’s language, whose box is not ticked, and changes nothing by a GET', async () => {
  const french = await (await get('', { 'accept-language': 'fr' })).text();
  expect(french).toContain('<html lang="fr">');
  expect(french).toContain('Lyon &#60;Bellecour&#62;');
  expect(french).not.toMatch(/<script|checked/);
  expect(await (await get('?lang=en')).text()).toContain('I can stop it at any time by answering STOP.');
});

it('lets a passer-by join: known by phone, attached to the store, consent kept with its wording, version, time and store, and the event for a welcome', async () => {
  const answer = await post({ phone: '06 39 98 71 23', firstName: 'Dora', agree: 'sms', lang: 'fr' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/j/${code}?joined&lang=fr`]);
  const dora = await customer('+33639987123');
  expect(dora?.profile).toMatchObject({ firstName: 'Dora', language: 'fr', storeId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const consents = await read((transaction) => transaction`select channel, state, source, wording_version, proof from consents where customer_id = ${dora?.id ?? ''}`);
  expect(consents).toMatchObject([{ channel: 'sms', state: 'granted', source: 'poster', wording_version: 'poster-1-fr', proof: { store: 'lyon', wording: expect.stringContaining('Les Petits peut m’écrire par SMS') } }]);
  const events = await read((transaction) => transaction`select type, properties, store_id is not null as at_store from events where customer_id = ${dora?.id ?? ''} and type = 'store.joined'`);
  expect(events).toMatchObject([{ properties: { store: 'lyon', agreed: true }, at_store: true }]);
});

it('answers the same to a number that is known, changes no name, and begins no second welcome', async () => {
  await call('PUT', '/customers', { identifiers: { phone: '0639987124' }, profile: { firstName: 'Emil' } });
  const known = await post({ phone: '+33 6 39 98 71 24', firstName: 'Somebody', lang: 'en' });
  const fresh = await post({ phone: '0639987125', lang: 'en' });
  expect([known.status, known.headers.get('location'), known.headers.get('set-cookie')]).toEqual([fresh.status, fresh.headers.get('location'), fresh.headers.get('set-cookie')]);
  const emil = await customer('+33639987124');
  expect(emil?.profile['firstName']).toBe('Emil');
  await post({ phone: '0639987124', lang: 'en' });
  const [events] = await read((transaction) => transaction<{ count: number }[]>`select count(*)::int as count from events where customer_id = ${emil?.id ?? ''} and type = 'store.joined'`);
  expect(events?.count).toBe(1);
  expect((await call('GET', '/stores/lyon/poster')).body).toMatchObject({ joined: 3 });
});

it('§6.5 a tick at a poster does not take back a refusal', async () => {
  await post({ phone: '0639987126', agree: 'sms', lang: 'fr' });
  const person = await customer('+33639987126');
  await call('PUT', `/customers/${person?.id ?? ''}/consents`, { consents: [{ purpose: 'marketing', channel: 'sms', state: 'denied', source: 'STOP' }] });
  await post({ phone: '0639987126', agree: 'sms', lang: 'fr' });
  const [last] = await read((transaction) => transaction<{ state: string }[]>`select state from consents where customer_id = ${person?.id ?? ''} order by id desc limit 1`);
  expect(last?.state).toBe('denied');
});

it('says what is wrong with a number and keeps what was typed', async () => {
  const answer = await post({ phone: '12 <b>', firstName: 'Dora', lang: 'en' });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain('This is no phone number. Please check it.');
  expect(page).toContain('value="12 &#60;b&#62;"');
});

it('takes few attempts from one network address', async () => {
  const statuses: number[] = [];
  for (let times = 0; times < 14; times += 1) statuses.push((await post({ phone: 'x', lang: 'en' }, '10.9.9.9')).status);
  expect(statuses.filter((status) => status === 422)).toHaveLength(12);
  expect(statuses.at(-1)).toBe(429);
});

it('leads nowhere once the poster was renewed or closed, and its code is for no other page', async () => {
  expect((await visitGet(new Request('http://127.0.0.1:3000/q/x'), context())).status).toBe(404);
  const renewed = codeOf((await call('POST', '/stores/lyon/poster/renew', {})).body);
  expect((await get()).status).toBe(404);
  expect((await get('', {}, renewed)).status).toBe(200);
  expect((await call('POST', '/stores/lyon/poster/close', {})).body['closedAt']).not.toBeNull();
  expect((await get('', {}, renewed)).status).toBe(404);
  await call('PUT', '/stores/lyon/poster', {});
  expect((await get('', {}, renewed)).status).toBe(200);
});
