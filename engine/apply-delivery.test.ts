import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { recordOutcome } from '#engine/dispatch/record-outcome.ts';
import { choosePreferences, followClick, followOpen, readPreferences } from '#engine/follow-link.ts';
import { signId, verifyId } from '#engine/links.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { buildCustomer, buildMessages, buildWorkspace, type BuiltWorkspace, type MessageInput } from '#tests/harness/builders.ts';
import { serveWebhooks } from '#tests/harness/serve-webhooks.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let web: Awaited<ReturnType<typeof serveWebhooks>>;
let vendors: TestVendors['vendors'];
let workspace: BuiltWorkspace;
let templates: Record<'email' | 'sms', string>;

const NOON = '2026-03-10T11:00:00Z';

withTestVendors((made) => ({ sql, engine, vendors } = made));
beforeAll(async () => {
  web = await serveWebhooks(() => engine);
  engine.publicUrl = web.url;
});
afterAll(() => web.stop());

beforeEach(async () => {
  workspace = await buildWorkspace(sql, { vendorUrl: vendors.url, publicUrl: engine.publicUrl, standsAt: NOON });
  const save = async (key: string, content: unknown) => {
    const saved = await saveTemplate(engine, workspace.id, { key, name: key, content });
    if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
    return saved.value.templateId;
  };
  templates = {
    email: await save('mail', { channel: 'email', variants: { fr: { subject: 'Bonjour', html: '<a href="https://lutin.example/a?x=1&amp;y=2">Voir</a>' } } }),
    sms: await save('text', { channel: 'sms', variants: { fr: { text: 'Bonjour' } } }),
  };
});

type Mail = { id: string; to: string; html: string; headers: Record<string, string> };
const mailbox = async (to: string): Promise<Mail> => ((await (await fetch(`${vendors.url}/mailbox?workspaceId=${workspace.id}&to=${encodeURIComponent(to)}`)).json()) as { messages: Mail[] }).messages[0]!;
const act = (path: string, body: unknown = {}) => fetch(`${vendors.url}/mailbox/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
/** Workspace time passes, and the vendors tell what fell due. */
async function pass(seconds: number): Promise<void> {
  await sql`update clocks set stands_at = stands_at + make_interval(secs => ${seconds}) where workspace_id = ${workspace.id}`;
  for (let round = 0; round < 40; round += 1) {
    await fetch(`${vendors.url}/callbacks/run`, { method: 'POST' });
    if (await vendors.settled()) return;
  }
}
const row = async (id: string) => (await sql`select status, reason, delivered_at, opened_at, clicked_at, provider_message_id from messages where id = ${id}`)[0]!;
async function send(input: Partial<MessageInput> & { email?: string; phone?: string }): Promise<{ id: string; customerId: string }> {
  const { email, phone, ...message } = input;
  const customerId = await buildCustomer(sql, workspace.id, { ...(email && { email }), ...(phone && { phone }) });
  const channel = phone ? 'sms' : 'email';
  const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId: templates[channel], channel, ...message }]);
  await dispatchOnce(engine, workspace.id);
  return { id: id!, customerId };
}
const consentOf = async (customerId: string, channel: string) => (await sql`select state, source from consents where customer_id = ${customerId} and channel = ${channel} order by id desc limit 1`)[0]!;
const notes = async (customerId: string) => (await sql`select data ->> 'code' as code from traces where customer_id = ${customerId} order by id`).map((trace) => trace['code'].replace('message.', ''));

describe('webhooks', () => {
  it('move a message forward to delivered on both channels (§7.1), also doubled, early and late', async () => {
    for (const input of [{ email: 'a@lutin.test' }, { email: 'doubled+a@lutin.test' }, { email: 'early+a@lutin.test' }, { email: 'late+a@lutin.test' }, { phone: '+33639980001' }, { phone: '+33639989908' }, { phone: '+33639989910' }]) {
      const { id, customerId } = await send(input);
      await pass(7 * 3_600);
      expect([input, await row(id)]).toMatchObject([input, { status: 'delivered', delivered_at: expect.any(Date), provider_message_id: expect.any(String) }]);
      expect((await notes(customerId)).sort()).toEqual(['delivered', 'handedOver', 'sent']);
      await sql`update clocks set stands_at = ${NOON} where workspace_id = ${workspace.id}`;
    }
  });

  it('settle an ambiguous SMS by any callback (§7.4), and it counts as handed over', async () => {
    const { id, customerId } = await send({ phone: '+33639989903' });
    expect(await row(id)).toMatchObject({ status: 'unknown' });
    await pass(5);
    expect(await row(id)).toMatchObject({ status: 'delivered', reason: null });
    expect(await sql`select state from pressure_entries where customer_id = ${customerId}`).toMatchObject([{ state: 'handedOver' }]);
  });

  it('say that a text did not arrive, also before the answer to its call is recorded, and it goes on counting (§5.12)', async () => {
    const { id, customerId } = await send({ phone: '+33639980006' });
    const [{ batch, account }] = await sql<[{ batch: string; account: string }]>`select b.id as batch, b.account_id as account from batches b join messages m on m.batch_id = b.id where m.id = ${id}`;
    await sql`update batches set state = 'sending' where id = ${batch}`;
    await sql`insert into outbox (message_id, workspace_id, customer_id, channel, priority, not_before, state, batch_id, attempts)
      select id, workspace_id, customer_id, channel, 40, due_at, 'sending', ${batch}, 1 from messages where id = ${id}`;
    await sql`update messages set status = 'failed', reason = '{"code": "vendor.failed"}' where id = ${id}`;
    await recordOutcome(engine, workspace.id, { id: batch, attempts: 1, members: [id], accountId: account, repeats: false }, { kind: 'answered', members: [{ messageId: id, kind: 'sent', providerMessageId: 'SM-early' }], rate: null });
    expect(await row(id)).toMatchObject({ status: 'failed', reason: { code: 'vendor.failed' } });
    expect(await sql`select from outbox where workspace_id = ${workspace.id}`).toHaveLength(0);
    expect(await sql`select state from pressure_entries where customer_id = ${customerId}`).toHaveLength(1);
  });

  it('settle a transactional SMS before it would be repeated (§7.3, §7.4)', async () => {
    const { id } = await send({ phone: '+33639989904', category: 'transactional' });
    expect(await row(id)).toMatchObject({ status: 'sending' });
    await pass(5);
    await sql`update batches set lease_until = now() - interval '1 second' where workspace_id = ${workspace.id}`;
    await dispatchOnce(engine, workspace.id);
    expect(await sql`select from vendor_messages where workspace_id = ${workspace.id}`).toHaveLength(1);
    expect(await sql`select from outbox where workspace_id = ${workspace.id}`).toHaveLength(0);
    expect(await row(id)).toMatchObject({ status: 'delivered' });
  });

  it('end an address by a hard bounce and a consent by a complaint', async () => {
    const bounced = await send({ email: 'bounced+a@lutin.test' });
    const complained = await send({ email: 'complained+a@lutin.test' });
    await pass(120);
    expect(await row(bounced.id)).toMatchObject({ status: 'bounced', reason: { code: 'vendor.bounced' } });
    expect(await sql`select address, reason from suppressions where workspace_id = ${workspace.id}`).toMatchObject([{ address: 'bounced+a@lutin.test', reason: 'bounced' }]);
    expect(await row(complained.id)).toMatchObject({ status: 'delivered' });
    expect(await consentOf(complained.customerId, 'email')).toMatchObject({ state: 'denied', source: 'complaint' });
  });

  it('take a STOP and a START by SMS for the whole brand (§6.6), and obey them at the next hand-over (§6.7)', async () => {
    const { customerId } = await send({ phone: '+33639980004' });
    await act('reply', { from: '+33639980004', body: ' Stop. ', workspaceId: workspace.id });
    expect(await consentOf(customerId, 'sms')).toMatchObject({ state: 'denied', source: 'smsKeyword' });
    const [next] = await buildMessages(sql, workspace.id, [{ customerId, templateId: templates.sms, channel: 'sms' }]);
    await dispatchOnce(engine, workspace.id);
    expect(await row(next!)).toMatchObject({ status: 'suppressed', reason: { code: 'consent.denied' } });
    await act('reply', { from: '+33639980004', body: 'START', workspaceId: workspace.id });
    expect(await consentOf(customerId, 'sms')).toMatchObject({ state: 'granted' });
    await act('reply', { from: '+33639980004', body: 'Stop it please', workspaceId: workspace.id });
    expect(await consentOf(customerId, 'sms')).toMatchObject({ state: 'granted' });
  });

  it('are believed when signed with the installation’s own keys, through which the workspace spoke', async () => {
    await sql`update provider_accounts set config = '{"kind": "environment"}' where workspace_id = ${workspace.id}`;
    engine.vendorAccounts = {
      email: { kind: 'resend', apiKey: workspace.resendKey, webhookSecret: workspace.webhookSecret, baseUrl: vendors.url, from: 'Parcours <hello@parcours.test>' },
      sms: { kind: 'twilio', accountSid: workspace.accountSid, authToken: workspace.authToken, baseUrl: vendors.url, from: '+33639980009' },
    };
    const { id } = await send({ email: 'a@lutin.test' });
    const text = await send({ phone: '+33639980005' });
    await pass(60);
    expect(await row(id)).toMatchObject({ status: 'delivered' });
    expect(await row(text.id)).toMatchObject({ status: 'delivered' });
    engine.vendorAccounts = {};
    const { id: waiting } = await send({ email: 'b@lutin.test' });
    expect(await row(waiting)).toMatchObject({ status: 'queued' });
    expect(await sql`select held_by from outbox where message_id = ${waiting}`).toEqual([{ held_by: 'account' }]);
  });

  it('are refused when not signed by the endpoint’s own account', async () => {
    const post = (vendor: string, endpoint: string) => fetch(`${engine.publicUrl}/api/webhooks/${vendor}/${endpoint}`, { method: 'POST', body: 'MessageSid=SM1&MessageStatus=delivered', headers: { 'x-twilio-signature': 'x' } });
    expect((await post('resend', workspace.emailEndpointId)).status).toBe(401);
    expect((await post('twilio', workspace.smsEndpointId)).status).toBe(401);
    expect((await post('twilio', workspace.emailEndpointId)).status).toBe(404);
    expect((await post('twilio', workspace.id)).status).toBe(404);
  });
});

describe('signed links', () => {
  const tokenIn = (html: string, path: string): string => new RegExp(`/${path}/([\\w-]{30})`).exec(html)?.[1] ?? '';

  it('record the first click and open and go to the stored address only', async () => {
    const { id, customerId } = await send({ email: 'a@lutin.test' });
    const { html } = await mailbox('a@lutin.test');
    await followOpen(engine, tokenIn(html, 'o'));
    for (let time = 0; time < 2; time += 1) expect(await followClick(engine, tokenIn(html, 'l'))).toBe('https://lutin.example/a?x=1&y=2');
    expect(await row(id)).toMatchObject({ status: 'delivered', opened_at: expect.any(Date), clicked_at: expect.any(Date) });
    expect(await notes(customerId)).toEqual(['handedOver', 'sent', 'opened', 'clicked']);
    expect(await followClick(engine, tokenIn(html, 'o'))).toBeNull();
  });

  it('are ours or nothing: a changed token names no link', () => {
    const id = '0190f0e0-0000-7000-8000-000000000001';
    const token = signId(engine.secret, 'link', id);
    expect(verifyId(engine, 'link', token)).toBe(id);
    expect(verifyId(engine, 'callback', token)).toBeNull();
    for (let place = 0; place < token.length - 1; place += 1) expect(verifyId(engine, 'link', token.slice(0, place) + (token[place] === 'A' ? 'B' : 'A') + token.slice(place + 1))).toBeNull();
  });

  it('are followed under the longer tokens of messages that left before', () => {
    const id = '0190f0e0-0000-7000-8000-000000000001';
    const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
    const longer = (tag: Buffer): string => Buffer.concat([bytes, tag]).toString('base64url');
    const tag = createHmac('sha256', engine.secret).update('link').update(bytes).digest();
    expect(verifyId(engine, 'link', longer(tag.subarray(0, 16)))).toBe(id);
    expect(verifyId(engine, 'link', longer(tag.subarray(0, 12)))).toBeNull();
    expect(verifyId(engine, 'callback', signId(engine.secret, 'callback', id))).toBe(id);
  });

  it('unsubscribe by one POST, never by a look, and let the customer choose per channel (§6.5)', async () => {
    const { customerId } = await send({ email: 'a@lutin.test' });
    const { headers } = await mailbox('a@lutin.test');
    const token = tokenIn(headers['List-Unsubscribe'] ?? '', 'u');
    expect(await readPreferences(engine, token)).toMatchObject({ language: 'fr', brand: 'Lutin', channels: { email: true, sms: true, whatsapp: true, letter: true, call: true, push: true } });
    expect(await consentOf(customerId, 'email')).toMatchObject({ state: 'granted' });
    expect(await choosePreferences(engine, token, { kind: 'oneClick' })).toBe(true);
    expect(await readPreferences(engine, token)).toMatchObject({ channels: { email: false, sms: true } });
    await choosePreferences(engine, token, { kind: 'channels', granted: ['email'] });
    expect(await readPreferences(engine, token)).toMatchObject({ channels: { email: true, sms: false } });
    await choosePreferences(engine, token, { kind: 'all' });
    expect(await readPreferences(engine, token)).toMatchObject({ channels: { email: false, sms: false } });
    expect(await choosePreferences(engine, `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`, { kind: 'all' })).toBe(false);
  });
});
