import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { buildCustomer, buildMessages, buildWorkspace, publishJourney, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { serveWebhooks } from '#tests/harness/serve-webhooks.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let web: Awaited<ReturnType<typeof serveWebhooks>>;
let vendors: TestVendors['vendors'];
let workspace: BuiltWorkspace;
withTestVendors((made) => ({ sql, engine, vendors } = made));

const NOON = '2026-03-10T11:00:00Z';
const PHONE = '+33639980123';

beforeAll(async () => {
  web = await serveWebhooks(() => engine);
  engine.publicUrl = web.url;
});
afterAll(() => web.stop());
beforeEach(async () => {
  workspace = await buildWorkspace(sql, { vendorUrl: vendors.url, publicUrl: web.url, standsAt: NOON });
});

async function template(key: string, variant: Record<string, unknown>): Promise<string> {
  const saved = await saveTemplate(engine, workspace.id, { key, name: key, content: { channel: 'whatsapp', variants: { fr: variant } } });
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  return saved.value.templateId;
}
async function send(templateId: string, phone = PHONE, profile: Record<string, string> = {}): Promise<{ id: string; customerId: string }> {
  const customerId = await buildCustomer(sql, workspace.id, { phone, profile });
  const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId, channel: 'whatsapp' }]);
  await dispatchOnce(engine, workspace.id);
  return { id: id!, customerId };
}
async function pass(seconds: number): Promise<void> {
  await sql`update clocks set stands_at = stands_at + make_interval(secs => ${seconds}) where workspace_id = ${workspace.id}`;
  for (let round = 0; round < 40; round += 1) {
    await fetch(`${vendors.url}/callbacks/run`, { method: 'POST' });
    if (await vendors.settled()) return;
  }
}
const received = () => sql`select channel, recipient, payload ->> 'from' as "from", payload ->> 'text' as text from vendor_messages where workspace_id = ${workspace.id} order by seq`;
const row = async (id: string) => (await sql`select status, channel, address, language, opened_at, reason from messages where id = ${id}`)[0]!;
const reply = (body: string, channel: 'sms' | 'whatsapp' = 'whatsapp') =>
  fetch(`${vendors.url}/mailbox/reply`, { method: 'POST', body: JSON.stringify({ from: PHONE, body, channel, workspaceId: workspace.id }), headers: { 'content-type': 'application/json' } });

describe('a WhatsApp message', () => {
  it('leaves by Twilio in the customer’s language, is delivered, and is read when its reader says so (§4.3, §7.1)', async () => {
    const { id } = await send(await template('hello', { text: 'Bonjour {{ customer.firstName }}' }), PHONE, { firstName: 'Anna' });
    expect(await received()).toEqual([{ channel: 'whatsapp', recipient: PHONE, from: '+33639980009', text: 'Bonjour Anna' }]);
    await pass(5);
    expect(await row(id)).toMatchObject({ status: 'delivered', address: PHONE, language: 'fr', opened_at: null });
    const [mail] = await sql<{ id: string }[]>`select id from vendor_messages where workspace_id = ${workspace.id}`;
    expect((await fetch(`${vendors.url}/mailbox/${mail!.id}/open`, { method: 'POST', body: '{}' })).status).toBe(202);
    await expect.poll(() => row(id)).toMatchObject({ status: 'delivered', opened_at: expect.any(Date) });
  });

  it('is sent as approved content when its template names one, filled with the facts of that instant (§7.6)', async () => {
    const sid = `HX${'0'.repeat(32)}`;
    await send(await template('approved', { text: 'Bonjour', contentSid: sid, contentVariables: { 1: '{{ customer.firstName }}', 2: '{{ brand.name }}' } }), PHONE, { firstName: 'Anna' });
    expect(await received()).toMatchObject([{ text: `${sid}\n{{1}} = Anna\n{{2}} = Lutin` }]);
  });

  it('is never sent twice when the answer is ambiguous, and any callback settles it (§7.3, §7.4)', async () => {
    const { id } = await send(await template('hello', { text: 'Bonjour' }), '+33639989903');
    expect(await row(id)).toMatchObject({ status: 'unknown' });
    await dispatchOnce(engine, workspace.id);
    expect(await received()).toHaveLength(1);
    await pass(5);
    expect(await row(id)).toMatchObject({ status: 'delivered' });
  });

  it('stops by one word, on its own channel and at once, and a reply is an event (§6.6, §6.7, §4.6)', async () => {
    const templateId = await template('hello', { text: 'Bonjour' });
    const { customerId } = await send(templateId);
    await pass(5);
    await reply('Stop');
    expect(await sql`select channel, state, source from consents where customer_id = ${customerId} and source <> 'till'`).toEqual([{ channel: 'whatsapp', state: 'denied', source: 'whatsappKeyword' }]);
    const [next] = await buildMessages(sql, workspace.id, [{ customerId, templateId, channel: 'whatsapp' }]);
    await dispatchOnce(engine, workspace.id);
    expect(await row(next!)).toMatchObject({ status: 'suppressed', reason: { code: 'consent.denied' } });
  });

  it('refuses what its channel does not have, by field', async () => {
    const saved = await saveTemplate(engine, workspace.id, { key: 'text', name: 'text', content: { channel: 'sms', variants: { fr: { text: 'Bonjour', contentSid: `HX${'0'.repeat(32)}` } } } });
    expect(saved).toMatchObject({ ok: false, problems: [{ path: ['content', 'variants', 'fr', 'contentSid'] }] });
  });
});

describe('a long reply', () => {
  it('is kept as long as a reply may be, cut through no character (§4.6)', async () => {
    await publishJourney(sql, workspace.id, {
      key: 'talk', entry: { trigger: { kind: 'event', event: { type: 'message.replied' } }, reentry: { mode: 'afterExit' }, next: 'mark' },
      nodes: [{ id: 'mark', kind: 'setAttribute', settings: { attribute: 'talked', value: true }, next: {} }],
    });
    await send(await template('hello', { text: 'Bonjour' }));
    await pass(5);
    await reply(`${'a'.repeat(1_599)}🎁 and more`);
    expect(await sql`select properties ->> 'text' as text from events where workspace_id = ${workspace.id} and type = 'message.replied'`).toEqual([{ text: 'a'.repeat(1_599) }]);
  });
});

describe('a call for help', () => {
  it.each(['HELP', 'info', 'Aide.'])('is answered by one text in the customer’s language: %s (§6.6)', async (word) => {
    const { customerId } = await send(await template('hello', { text: 'Bonjour' }), PHONE, { language: word === 'HELP' ? 'en' : 'fr' });
    await pass(5);
    await reply(word);
    await dispatchOnce(engine, workspace.id);
    await dispatchOnce(engine, workspace.id);
    const [, answer, ...more] = await received();
    expect(more).toEqual([]);
    expect(answer).toMatchObject({ channel: 'whatsapp', recipient: PHONE, text: expect.stringContaining(word === 'HELP' ? 'Reply STOP' : 'Répondez STOP') });
    expect(await sql`select category, status from messages where customer_id = ${customerId} order by id desc limit 1`).toMatchObject([{ category: 'transactional', status: 'sent' }]);
    expect(await sql`select state from consents where customer_id = ${customerId} and source <> 'till'`).toEqual([]);
  });

  it('is answered to who has said STOP too, and counts in no cap (§5.9)', async () => {
    const { customerId } = await send(await template('hello', { text: 'Bonjour' }));
    await pass(5);
    await reply('STOP');
    await reply('HELP');
    await dispatchOnce(engine, workspace.id);
    expect(await received()).toHaveLength(2);
    expect(await sql`select from pressure_entries where customer_id = ${customerId}`).toHaveLength(1);
  });
});
