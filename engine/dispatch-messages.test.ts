import { beforeEach, describe, expect, it } from 'vitest';
import { changeConsents } from '#engine/apply-consent.ts';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import type { Vendor } from '#engine/dispatch/vendor.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { buildCustomer, buildMessages, buildWorkspace, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
let workspace: BuiltWorkspace;
let emailTemplate: string;
let smsTemplate: string;

/** A Tuesday at noon in Paris. */
const NOON = '2026-03-10T11:00:00Z';

withTestVendors((made) => ({ sql, engine, vendors } = made));

async function template(content: unknown, key = 'thanks'): Promise<string> {
  const saved = await saveTemplate(engine, workspace.id, { key, name: key, content });
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  return saved.value.templateId;
}

beforeEach(async () => {
  workspace = await buildWorkspace(sql, { vendorUrl: vendors.url, standsAt: NOON });
  emailTemplate = await template({
    channel: 'email',
    variants: {
      fr: { subject: 'Merci {{ customer.firstName | default: "à vous" }}', html: '<body><p>{{ balances.points | default: 0 }} points</p><a href="https://lutin.example/a?x=1&amp;y=2">Voir</a></body>' },
      en: { subject: 'Thank you', html: '<p>Hello</p>' },
    },
  });
  smsTemplate = await template({ channel: 'sms', variants: { fr: { text: 'Merci ! {{ "https://lutin.example/s" | short_link }} STOP au 36111' } } }, 'thanks-sms');
});

type MailboxMessage = { channel: string; to: string; subject: string; html: string; text: string; headers: Record<string, string>; messageId: string | null };
async function mailbox(): Promise<MailboxMessage[]> {
  const answer = await fetch(`${vendors.url}/mailbox?workspaceId=${workspace.id}&limit=1000`);
  return ((await answer.json()) as { messages: MailboxMessage[] }).messages;
}
const message = async (id: string | undefined) => (await sql`select status, reason, lawful, language, provider_message_id, clicked_at from messages where id = ${id ?? ''}`)[0];
const outboxOf = async (id: string | undefined) => (await sql`select state, held_by, not_before, retry_at from outbox where message_id = ${id ?? ''}`)[0];
const pressureOf = async (customerId: string) => (await sql`select state, count(*)::int as count from pressure_entries where customer_id = ${customerId} group by state order by state`).map((row) => ({ ...row }));
/** Machine time passes: leases run out and vendors may be asked again. */
async function letMachineTimePass(): Promise<void> {
  await sql`update outbox set lease_until = now() - interval '1 second' where lease_until is not null and workspace_id = ${workspace.id}`;
  await sql`update outbox set retry_at = null where workspace_id = ${workspace.id}`;
  await sql`update batches set lease_until = now() - interval '1 second' where workspace_id = ${workspace.id}`;
  await sql`update provider_accounts set rate = '{}' where workspace_id = ${workspace.id}`;
}
async function dispatchUntilQuiet(): Promise<void> {
  for (let round = 0; round < 50; round += 1) if ((await dispatchOnce(engine, workspace.id)) === 0) return;
}

describe('dispatch', () => {
  it('hands over an e-mail and an SMS, in the customer’s language, with signed links and the headers of RFC 8058 (§6.5, §7.6, §7.7)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test', phone: '+33639980001', profile: { firstName: 'Anna <3', language: 'fr-CA' } });
    await sql`insert into balances (customer_id, workspace_id, programme_key, account, amount) values (${customerId}, ${workspace.id}, 'points', 'customer:available', 240)`;
    const [email, text] = await buildMessages(sql, workspace.id, [{ customerId, templateId: emailTemplate }, { customerId, templateId: smsTemplate, channel: 'sms' }]);
    await dispatchUntilQuiet();
    const received = await mailbox();
    const mail = received.find((each) => each.messageId === email || each.to === 'anna@lutin.test')!;
    expect(mail.subject).toBe('Merci Anna <3');
    expect(mail.html).toContain('240 points');
    expect(mail.html).not.toContain('lutin.example');
    expect(mail.html).toMatch(/href="http:\/\/127\.0\.0\.1:1\/l\/[\w-]{30}"/);
    expect(mail.headers).toMatchObject({ 'List-Unsubscribe': expect.stringMatching(/^<http:\/\/127\.0\.0\.1:1\/u\/[\w-]{30}>$/), 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    expect(received.find((each) => each.to === '+33639980001')?.text).toMatch(/^Merci ! http:\/\/127\.0\.0\.1:1\/l\/[\w-]{30} STOP au 36111$/);
    expect(await message(email)).toMatchObject({ status: 'sent', language: 'fr', lawful: { kind: 'consent', source: 'till' }, reason: null });
    expect(await message(text)).toMatchObject({ status: 'sent', provider_message_id: expect.stringMatching(/^SM/) });
    expect(await pressureOf(customerId)).toEqual([{ state: 'handedOver', count: 2 }]);
    expect(await sql`select from outbox where workspace_id = ${workspace.id}`).toHaveLength(0);
    expect((await sql`select data ->> 'code' as code from traces where customer_id = ${customerId} order by id`).map((row) => row['code']).sort()).toEqual(['message.handedOver', 'message.handedOver', 'message.sent', 'message.sent']);
  });

  it('lets 3 of 200 messages through a cap of 3 and explains the other 197, whatever the number of dispatchers (§5.5, §5.11)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test' });
    const ids = await buildMessages(sql, workspace.id, Array.from({ length: 200 }, () => ({ customerId, templateId: emailTemplate })));
    await Promise.all(Array.from({ length: 4 }, dispatchUntilQuiet));
    await dispatchUntilQuiet();
    expect(await mailbox()).toHaveLength(3);
    const counts = await sql`select status, reason ->> 'code' as code, count(*)::int as count from messages where id = any(${ids}::uuid[]) group by 1, 2 order by 1`;
    expect(counts.map((row) => ({ ...row }))).toEqual([{ status: 'sent', code: null, count: 3 }, { status: 'suppressed', code: 'capped', count: 197 }]);
    const [explained] = await sql`select reason from messages where id = any(${ids}::uuid[]) and status = 'suppressed' limit 1`;
    expect(explained?.['reason'].figures.refusals[0]).toMatchObject({ code: 'pressure.count', figures: { counted: 3, maximum: 3, unit: 'week' } });
    expect(await pressureOf(customerId)).toEqual([{ state: 'handedOver', count: 3 }]);
    expect(await sql`select from traces where customer_id = ${customerId} and data ->> 'code' = 'message.suppressed'`).toHaveLength(197);
  });

  it('holds a capped message until it is free, and suppresses it when its hold expires first (§5.8, §5.18)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test' });
    await buildMessages(sql, workspace.id, Array.from({ length: 3 }, () => ({ customerId, templateId: emailTemplate, priority: 90 })));
    const [long, short] = await buildMessages(sql, workspace.id, [
      { customerId, templateId: emailTemplate, whenCapped: { kind: 'hold', expiresAfterSeconds: 30 * 86_400 } },
      { customerId, templateId: emailTemplate, whenCapped: { kind: 'hold', expiresAfterSeconds: 3_600 } },
    ]);
    await dispatchUntilQuiet();
    expect(await outboxOf(long)).toMatchObject({ state: 'held', held_by: 'pressure', not_before: new Date('2026-03-15T23:00:00Z') });
    expect(await outboxOf(short)).toMatchObject({ not_before: new Date('2026-03-10T12:00:00Z') });
    await sql`update clocks set stands_at = '2026-03-10T12:00:00Z' where workspace_id = ${workspace.id}`;
    await dispatchUntilQuiet();
    expect(await message(short)).toMatchObject({ status: 'suppressed', reason: { code: 'expired', figures: { heldSince: Date.parse(NOON) } } });
    await sql`update clocks set stands_at = '2026-03-16T00:00:00Z' where workspace_id = ${workspace.id}`;
    await dispatchUntilQuiet();
    expect(await message(long)).toMatchObject({ status: 'sent' });
  });

  it('obeys an opt-out committed after the message was queued (§6.7), and what makes an address unusable', async () => {
    const refused = await buildCustomer(sql, workspace.id, { email: 'non@lutin.test' });
    const bounced = await buildCustomer(sql, workspace.id, { email: 'dur@lutin.test' });
    const nowhere = await buildCustomer(sql, workspace.id);
    const ids = await buildMessages(sql, workspace.id, [refused, bounced, nowhere].map((customerId) => ({ customerId, templateId: emailTemplate })));
    await changeConsents(engine, workspace.id, [{ customerId: refused, purpose: 'marketing', channel: 'email', state: 'denied', source: 'unsubscribeLink', at: Date.parse(NOON) }]);
    await sql`insert into suppressions (workspace_id, channel, address, reason, at) values (${workspace.id}, 'email', 'dur@lutin.test', 'bounced', ${NOON})`;
    await dispatchUntilQuiet();
    expect(await mailbox()).toHaveLength(0);
    expect((await Promise.all(ids.map(message))).map((row) => row?.['reason'].code)).toEqual(['consent.denied', 'unreachable.bounced', 'unreachable.noAddress']);
  });

  it('does not send what has expired, and holds an SMS through quiet hours with its reservation (§6.1, §6.2, §5.12)', async () => {
    await sql`update clocks set stands_at = '2026-03-10T20:30:00Z' where workspace_id = ${workspace.id}`;
    const customerId = await buildCustomer(sql, workspace.id, { phone: '+33639980002', email: 'anna@lutin.test' });
    const [night, late, gone] = await buildMessages(sql, workspace.id, [
      { customerId, templateId: smsTemplate, channel: 'sms' },
      { customerId, templateId: smsTemplate, channel: 'sms', expiresAt: '2026-03-11T06:00:00Z' },
      { customerId, templateId: emailTemplate, dueAt: '2026-03-10T19:00:00Z', expiresAt: '2026-03-10T20:30:00Z' },
    ]);
    await dispatchUntilQuiet();
    expect(await mailbox()).toHaveLength(0);
    expect(await message(night)).toMatchObject({ status: 'held', reason: { code: 'quietHours' } });
    const held = await outboxOf(night);
    expect(held?.['not_before'].toISOString()).toMatch(/^2026-03-11T07:00/);
    expect((await sql`select at from pressure_entries where customer_id = ${customerId}`).map((row) => row['at'])).toEqual([held?.['not_before']]);
    expect(await message(late)).toMatchObject({ status: 'suppressed', reason: { code: 'expired', figures: { heldBy: 'quietHours' } } });
    expect(await message(gone)).toMatchObject({ status: 'suppressed', reason: { code: 'expired' } });
    await sql`update clocks set stands_at = '2026-03-11T07:01:00Z' where workspace_id = ${workspace.id}`;
    await dispatchUntilQuiet();
    expect(await message(night)).toMatchObject({ status: 'sent' });
  });

  it('lets a template that never ends harm its own messages only (§7.6)', async () => {
    const loop = '{% assign l = "a,b,c,d,e,f,g,h,i,j" | split: "," %}{% for a in l %}{% for b in l %}{% for c in l %}{% for d in l %}{% for e in l %}{% for f in l %}{% for g in l %}{% for h in l %}.{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}';
    const endless = await template({ channel: 'email', variants: { fr: { subject: 'x', html: `<p>${loop}</p>` } } }, 'endless');
    const a = await buildCustomer(sql, workspace.id, { email: 'a@lutin.test' });
    const b = await buildCustomer(sql, workspace.id, { email: 'b@lutin.test' });
    const [bad, good] = await buildMessages(sql, workspace.id, [{ customerId: a, templateId: endless }, { customerId: b, templateId: emailTemplate }]);
    await dispatchUntilQuiet();
    expect(await message(bad)).toMatchObject({ status: 'failed', reason: { code: 'template.timeLimit' } });
    expect(await message(good)).toMatchObject({ status: 'sent' });
    expect(await pressureOf(a)).toEqual([]);
  });

  it('refuses to reach a real vendor from a sandbox', async () => {
    await sql`update provider_accounts set config = config - 'baseUrl' where id = ${workspace.emailAccountId}`;
    const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test' });
    const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId: emailTemplate }]);
    await dispatchUntilQuiet();
    expect(await message(id)).toMatchObject({ status: 'suppressed', reason: { code: 'sandbox.realVendor' } });
  });

  it('refuses to reach a real vendor from a sandbox with the installation’s own keys', async () => {
    await sql`update provider_accounts set config = '{"kind": "environment"}' where id = ${workspace.emailAccountId}`;
    const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test' });
    const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId: emailTemplate }]);
    const ours = { ...engine, vendorAccounts: { email: { kind: 'resend' as const, apiKey: 're_real', webhookSecret: 'whsec_x', from: 'a@lutin.test' } } };
    await dispatchOnce(ours, workspace.id);
    expect(await message(id)).toMatchObject({ status: 'suppressed', reason: { code: 'sandbox.realVendor' } });
  });
});

describe('lying vendors', () => {
  const modes = ['reset', 'error', 'lost', 'limited3', 'doubled', 'early', 'refused', 'delivered'];

  it('get each e-mail once, whatever they answer, and one refused address fails alone (§7.2)', async () => {
    const ids: Record<string, string | undefined> = {};
    for (const mode of modes) {
      const customerId = await buildCustomer(sql, workspace.id, { email: `${mode}+a@lutin.test` });
      [ids[mode]] = await buildMessages(sql, workspace.id, [{ customerId, templateId: emailTemplate }]);
      await dispatchOnce(engine, workspace.id);
    }
    for (let round = 0; round < 8; round += 1) {
      await letMachineTimePass();
      await dispatchUntilQuiet();
    }
    const counts = Object.fromEntries(modes.map((mode) => [mode, 0]));
    for (const { to } of await mailbox()) counts[to.split('+')[0] ?? ''] = (counts[to.split('+')[0] ?? ''] ?? 0) + 1;
    expect(counts).toEqual({ reset: 1, error: 1, lost: 0, limited3: 1, doubled: 1, early: 1, refused: 0, delivered: 1 });
    expect(await message(ids['reset'])).toMatchObject({ status: 'sent' });
    expect(await message(ids['refused'])).toMatchObject({ status: 'failed', reason: { code: 'vendor.refused' } });
    expect(await message(ids['lost'])).toMatchObject({ status: 'sending' });
    await sql`update batches set first_attempt_at = first_attempt_at - interval '23 hours' where workspace_id = ${workspace.id} and state = 'sending'`;
    await letMachineTimePass();
    await dispatchUntilQuiet();
    expect(await message(ids['lost'])).toMatchObject({ status: 'unknown', reason: { code: 'vendor.tooOld' } });
  });

  it('get no marketing SMS twice: an ambiguous answer is unknown and stays counted (§7.3, §5.12)', async () => {
    const ids: string[] = [];
    const customers: string[] = [];
    for (const number of ['+33639989903', '+33639989904', '+33639989905', '+33639989907', '+33639989911']) {
      const customerId = await buildCustomer(sql, workspace.id, { phone: number });
      customers.push(customerId);
      ids.push(...(await buildMessages(sql, workspace.id, [{ customerId, templateId: smsTemplate, channel: 'sms' }])));
    }
    for (let round = 0; round < 6; round += 1) {
      await dispatchUntilQuiet();
      await letMachineTimePass();
    }
    expect((await mailbox()).map(({ to }) => to).sort()).toEqual(['+33639989903', '+33639989904', '+33639989907']);
    expect((await Promise.all(ids.map(message))).map((row) => row?.['status'])).toEqual(['unknown', 'unknown', 'unknown', 'sent', 'failed']);
    expect(await pressureOf(customers[0]!)).toEqual([{ state: 'unknown', count: 1 }]);
    expect(await sql`select state from consents where customer_id = ${customers[4]!} and source = 'vendor'`).toHaveLength(1);
  });

  it('get a transactional SMS until they say that they have it (§7.3)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { phone: '+33639989905' });
    const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId: smsTemplate, channel: 'sms', category: 'transactional' }]);
    const attempts = async () => (await sql`select attempts from batches where workspace_id = ${workspace.id}`)[0]?.['attempts'];
    await dispatchUntilQuiet();
    await letMachineTimePass();
    await dispatchUntilQuiet();
    expect(await attempts()).toBe(2);
    expect(await message(id)).toMatchObject({ status: 'sending' });
  });
});

describe('an instant of a standing clock', () => {
  it('has an order: what can happen to a customer happens, then their e-mails leave, then their texts (§12.7)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { phone: '+33639980003', email: 'anna@lutin.test' });
    const [text, email] = await buildMessages(sql, workspace.id, [{ customerId, templateId: smsTemplate, channel: 'sms' }, { customerId, templateId: emailTemplate }]);
    await sql`update heads set last_event_no = 1, pending_since = now() where customer_id = ${customerId}`;
    await dispatchUntilQuiet();
    expect([await message(email), await message(text)]).toMatchObject([{ status: 'queued' }, { status: 'queued' }]);
    await sql`update heads set last_event_no = 0, pending_since = null where customer_id = ${customerId}`;
    await dispatchUntilQuiet();
    expect((await mailbox()).map(({ channel }) => channel)).toEqual(['email', 'sms']);
  });
});

describe('a dispatcher that dies', () => {
  const dying = (kind: 'sms' | 'email'): (() => Vendor) => () => ({ kind, batchLimit: kind === 'sms' ? 1 : 100, repeatable: kind === 'email', send: () => Promise.reject(new Error('killed')) });

  it('before its mark: the message goes back into the queue and leaves once (§7.1)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { phone: '+33639980003' });
    const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId: smsTemplate, channel: 'sms' }]);
    await sql`update outbox set state = 'sending', attempts = 1, lease_until = now() - interval '1 second' where message_id = ${id!}`;
    await sql`update messages set status = 'sending' where id = ${id!}`;
    await dispatchUntilQuiet();
    expect(await message(id)).toMatchObject({ status: 'sent' });
    expect(await mailbox()).toHaveLength(1);
  });

  it('after its mark: an e-mail is sent again as the same bytes, a marketing SMS is unknown (§7.2, §7.3)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test' });
    const other = await buildCustomer(sql, workspace.id, { phone: '+33639980003' });
    const [email] = await buildMessages(sql, workspace.id, [{ customerId, templateId: emailTemplate }]);
    await expect(dispatchOnce(engine, workspace.id, { openVendor: dying('email') })).rejects.toThrow('killed');
    const [text] = await buildMessages(sql, workspace.id, [{ customerId: other, templateId: smsTemplate, channel: 'sms' }]);
    await expect(dispatchOnce(engine, workspace.id, { openVendor: dying('sms') })).rejects.toThrow('killed');
    await dispatchUntilQuiet();
    expect(await mailbox()).toHaveLength(0);
    await letMachineTimePass();
    await dispatchUntilQuiet();
    expect(await message(email)).toMatchObject({ status: 'sent' });
    expect(await message(text)).toMatchObject({ status: 'unknown' });
    expect((await mailbox()).map(({ to }) => to)).toEqual(['anna@lutin.test']);
  });
});
