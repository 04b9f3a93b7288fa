import { expect, it } from 'vitest';
import { withPreferenceLink, type PreferenceLink } from '#tests/harness/with-preference-link.ts';
import { GET, POST } from './route.ts';

let sql: PreferenceLink['sql'];
let token: string;
let customerId: string;
withPreferenceLink('fr', (made) => ({ sql, token, customerId } = made));

const context = (text = token) => ({ params: Promise.resolve({ token: text }) });
const post = (body: unknown, text = token) => POST(new Request('http://127.0.0.1:1/n/x', { method: 'POST', body: JSON.stringify(body), headers: { 'user-agent': 'Firefox' } }), context(text));
const live = async () => (await sql`select user_agent from push_subscriptions where customer_id = ${customerId} and gone_at is null`).length;

it('shows the page with our key and the words of the consent, names nobody, and turns nothing on by a GET (§6.4)', async () => {
  const answer = await GET(new Request('http://127.0.0.1:1/n/x'), context());
  const html = await answer.text();
  expect([answer.status, /data-key="[\w-]{87}"/.test(html), /<html lang="fr">/.test(html)]).toEqual([200, true, true]);
  expect(html).not.toMatch(/anna/i);
  expect(await live()).toBe(0);
});

it('turns notifications on in several browsers, keeps the consent with its wording, and turns one off again (§6.4)', async () => {
  expect((await post({ on: { simulated: true } })).status).toBe(204);
  expect((await post({ on: { simulated: true } })).status).toBe(204);
  expect(await live()).toBe(2);
  const [said] = await sql<{ source: string; wording_version: string; proof: Record<string, unknown> }[]>`select source, wording_version, proof from consents where customer_id = ${customerId} and channel = 'push' and state = 'granted' order by id desc limit 1`;
  expect(said).toBeDefined();
  expect((await post({ off: '' })).status).toBe(204);
  expect(await live()).toBe(1);
});

it('takes no real browser in a sandbox, nothing that is none, and no other token', async () => {
  const real = { endpoint: 'https://push.example.com/x', keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } };
  expect((await post({ on: real })).status).toBe(409);
  expect((await post({ on: { ...real, endpoint: 'http://push.example.com/x' } })).status).toBe(422);
  expect((await post({ on: real }, 'nonsense')).status).toBe(404);
  expect((await GET(new Request('http://127.0.0.1:1/n/x'), context('nonsense'))).status).toBe(404);
});
