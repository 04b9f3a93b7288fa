import { expect, it } from 'vitest';
import { withPreferenceLink, type PreferenceLink } from '#tests/harness/with-preference-link.ts';
import { GET, POST } from './route.ts';

let sql: PreferenceLink['sql'];
let token: string;
let customerId: string;
withPreferenceLink('en', (made) => ({ sql, token, customerId } = made));

const context = (text = token) => ({ params: Promise.resolve({ token: text }) });
const url = 'http://127.0.0.1:1/u/x';
const post = (fields: Record<string, string>, text = token) => POST(new Request(url, { method: 'POST', body: new URLSearchParams(fields) }), context(text));
const states = async () => (await sql`select distinct on (channel) channel, state from consents where customer_id = ${customerId} order by channel, id desc`).map((row) => `${row['channel']} ${row['state']}`);

it('shows a page without scripts and without a name or an address, in the customer’s language, and changes nothing by a GET (§6.5)', async () => {
  const answer = await GET(new Request(url), context());
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('name="email" value="on" checked');
  expect(html).not.toMatch(/<script|anna/i);
  expect(await states()).toEqual(['call granted', 'email granted', 'letter granted', 'push granted', 'sms granted', 'whatsapp granted']);
});

it('unsubscribes by the one POST of a mail program, without a cookie (RFC 8058, §6.5)', async () => {
  expect((await post({ 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  expect(await states()).toEqual(['call granted', 'email denied', 'letter granted', 'push granted', 'sms granted', 'whatsapp granted']);
});

it('saves the form and comes back to the page', async () => {
  const answer = await post({ action: 'save', email: 'on' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/u/${token}?saved`]);
  expect(await states()).toEqual(['call denied', 'email granted', 'letter denied', 'push denied', 'sms denied', 'whatsapp denied']);
  expect(await (await GET(new Request(`${url}?saved`), context())).text()).toContain('role="status"');
});

it('knows no other token and no other form', async () => {
  expect((await GET(new Request(url), context('nonsense'))).status).toBe(404);
  expect((await post({ action: 'all' }, 'nonsense')).status).toBe(404);
  expect((await post({ action: 'other' })).status).toBe(400);
});
