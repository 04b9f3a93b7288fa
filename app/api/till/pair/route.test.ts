import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '#engine/engine.ts';
import { POST as leave } from '#app/api/till/leave/route.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';
import { POST } from './route.ts';

let api: TestApi;
let call: Call;
// The process's own engine, as temporal/web-engine.ts keeps it.
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine };
const pair = (body: unknown, headers: Record<string, string> = {}) => POST(new Request('http://127.0.0.1:3000/api/till/pair', { method: 'POST', body: JSON.stringify(body), headers: { 'x-forwarded-for': '10.1.1.1', 'x-parcours-page': '1', ...headers } }));
const newCode = async (): Promise<string> => String((await call('POST', '/stores/lyon/tills', { name: 'Counter' })).body['code']);

beforeAll(async () => {
  api = await openTestApi();
  kept.parcoursWebEngine = api.engine;
  call = api.callerOf(await api.makeKey(await api.makeWorkspace('pairing')));
  await call('PUT', '/stores/lyon', { name: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
});
afterAll(async () => {
  delete kept.parcoursWebEngine;
  await api.close();
});

it('§11.6 gives a browser a cookie that scripts cannot read, by which it is the till', async () => {
  const answer = await pair({ code: await newCode() });
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(answer.status).toBe(201);
  expect(cookie).toMatch(/^parcours\.till=ptd_[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/);
  expect(JSON.stringify(await answer.json())).not.toContain('ptd_');
  const asPage = api.callerOf('');
  const sent = { authorization: '', cookie: cookie.split(';')[0] ?? '' };
  expect(await asPage('GET', '/till', undefined, { ...sent, 'x-parcours-till': '1' })).toMatchObject({ status: 200, body: { till: { name: 'Counter' } } });
  expect(await asPage('GET', '/till', undefined, sent)).toMatchObject({ status: 401, body: { code: 'key.missing' } });
});

it('makes no browser a till that does not ask from a page of ours, and takes the cookie back for such a page only', async () => {
  const code = await newCode();
  const request = new Request('http://127.0.0.1:3000/api/till/pair', { method: 'POST', body: JSON.stringify({ code }), headers: { 'x-forwarded-for': '10.1.1.2' } });
  expect((await POST(request)).status).toBe(403);
  expect((await pair({ code })).status).toBe(201);
  const leaving = (headers: Record<string, string>): Response => leave(new Request('http://127.0.0.1:3000/api/till/leave', { method: 'POST', headers }));
  expect([leaving({}).status, leaving({ 'x-parcours-till': '1' }).headers.get('set-cookie')]).toEqual([403, expect.stringContaining('Max-Age=0')]);
});

it('§11.6 takes ten codes from one network address, then asks for patience', async () => {
  const from = { 'x-forwarded-for': '10.9.9.9' };
  const statuses: number[] = [];
  for (let times = 0; times < 11; times += 1) statuses.push((await pair({ code: 'AAAA-2222' }, from)).status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429]);
  expect((await pair({ code: await newCode() }, { 'x-forwarded-for': '10.9.9.10' })).status).toBe(201);
});
