import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import type { Engine } from '#engine/engine.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';
import { GET, POST } from './route.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
let code: string;
// The process's own engine, as temporal/web-engine.ts keeps it.
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine };

beforeAll(async () => {
  api = await openTestApi();
  kept.parcoursWebEngine = api.engine;
  workspaceId = await api.makeWorkspace('windows', { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  const place = await call('PUT', '/places/window', { name: 'Vitrine <Lyon>', kind: 'qr', invitation: { fr: 'Scannez & gagnez' }, asksFor: ['email'] });
  code = String(place.body['url']).split('/').at(-1) ?? '';
});
afterAll(async () => {
  delete kept.parcoursWebEngine;
  await api.close();
});

const context = (text = code) => ({ params: Promise.resolve({ code: text }) });
const url = 'http://127.0.0.1:3000/q/x';
const get = (headers: Record<string, string> = {}, text = code, search = '') => GET(new Request(url + search, { headers }), context(text));
const post = (fields: Record<string, string>, headers: Record<string, string> = {}, text = code) => POST(new Request(url, { method: 'POST', body: new URLSearchParams(fields), headers }), context(text));
const read = <T>(work: (transaction: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T>) => inWorkspace(api.database, workspaceId, work);
const visits = () => read(async (transaction) => (await transaction`select 1 from place_visits`).length);
const consents = (email: string) => read((transaction) => transaction<{ state: string; source: string; wording_version: string | null; proof: Record<string, unknown> | null }[]>`
  select c.state, c.source, c.wording_version, c.proof from consents c join customer_identifiers i using (customer_id) where i.value = ${email} and c.channel = 'email' order by c.id`);

it('shows a page without scripts in the language of the reader, escapes what the brand wrote, and changes nothing by a GET (§1.10)', async () => {
  const french = await (await get({ 'accept-language': 'fr-CA,en;q=0.5' })).text();
  expect(french).toContain('<html lang="fr">');
  expect(french).toContain('Vitrine &#60;Lyon&#62;');
  expect(french).toContain('Scannez &#38; gagnez');
  expect(french).not.toMatch(/<script|Vitrine <|checked/);
  expect(await (await get({ 'accept-language': 'en-GB' })).text()).toContain('<html lang="en">');
  expect(await (await get({ 'accept-language': 'en-GB' }, code, '?lang=fr')).text()).toContain('<html lang="fr">');
  expect(await visits()).toBe(0);
});

it('§1.10 counts the visit of a passer-by who writes an address, keeps what they ticked with its proof, and goes back to its own address only', async () => {
  const answer = await post({ who: ' Anna@Lutin.test ', agree: 'email', lang: 'en', next: 'https://evil.example' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/q/${code}?counted&lang=en`]);
  expect(answer.headers.get('set-cookie')).toMatch(/^parcours\.visitor=[\w-]{43}; Path=\/q; Max-Age=34560000; HttpOnly; SameSite=Lax$/);
  expect(await visits()).toBe(1);
  expect(await consents('anna@lutin.test')).toMatchObject([{ state: 'granted', source: 'place', wording_version: 'place-1', proof: { wording: expect.stringContaining('by e-mail') } }]);
});

it('§1.10 enters once by a double tap, and counts a known browser without another word', async () => {
  const first = await post({ who: '06 12 34 56 79', lang: 'fr' });
  const cookie = String(first.headers.get('set-cookie')).split(';')[0] ?? '';
  expect((await post({ who: '+33 6 12 34 56 79', lang: 'fr' })).status).toBe(303);
  expect((await post({ who: '', lang: 'fr' }, { cookie })).status).toBe(303);
  expect(await visits()).toBe(2);
  const page = await (await get({ cookie, 'accept-language': 'fr' })).text();
  expect(page).toContain('Cet appareil est connu');
  expect(page).not.toMatch(/612345679|12 34/);
});

it('§1.10 §6.4 takes no refusal back by a tick, since anybody can write anybody’s address', async () => {
  const { body } = await call('PUT', '/customers', { identifiers: { email: 'ida@lutin.test' } });
  await call('PUT', `/customers/${String(body['id'])}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'denied', source: 'till' }] });
  expect((await post({ who: 'ida@lutin.test', agree: 'email' })).status).toBe(303);
  expect((await consents('ida@lutin.test')).map(({ state }) => state)).toEqual(['denied']);
});

it('says what is wrong, keeps what was written, and asks a stranger for an address', async () => {
  const wrong = await post({ who: 'anna at lutin', lang: 'fr' });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toMatch(/value="anna at lutin"[^>]*aria-invalid="true"/);
  expect((await post({ who: '', lang: 'fr' })).status).toBe(422);
  expect((await post({ who: '' }, { cookie: `parcours.visitor=${'A'.repeat(43)}` })).status).toBe(422);
});

it('§1.10 knows no other code: forged, renewed, or of a place that is closed', async () => {
  expect((await get({}, 'x'.repeat(30))).status).toBe(404);
  await call('POST', '/places/window/close');
  expect([(await get()).status, (await post({ who: 'zoe@lutin.test' })).status]).toEqual([404, 404]);
  await call('POST', '/places/window/open');
  expect((await get()).status).toBe(200);
  await call('POST', '/places/window/renew');
  expect((await get()).status).toBe(404);
});

it('lets a queue pass and stops a machine that tries addresses', async () => {
  const place = await call('GET', '/places/window');
  const renewed = String(place.body['url']).split('/').at(-1) ?? '';
  const answers = await Promise.all(Array.from({ length: 80 }, () => post({ who: 'nobody' }, {}, renewed)));
  const statuses = new Set(answers.map(({ status }) => status));
  expect([...statuses].sort()).toEqual([422, 429]);
  expect(await visits()).toBe(3);
});
