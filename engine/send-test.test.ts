import { beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { applyConsents } from '#engine/apply-consent.ts';
import { renderPreview } from '#engine/render-preview.ts';
import { subscribe } from '#engine/push-subscriptions.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { sendTest, testSender, TESTS_PER_HOUR } from '#engine/send-test.ts';
import { buildCustomer, buildWorkspace, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
let workspace: BuiltWorkspace;

withTestVendors((made) => ({ sql, engine, vendors } = made));
beforeEach(async () => {
  workspace = await buildWorkspace(sql, { vendorUrl: vendors.url, standsAt: '2026-03-10T11:00:00Z' });
  await saveTemplate(engine, workspace.id, { key: 'thanks', name: 'Thanks', content: { channel: 'email', variants: { fr: { subject: 'Merci {{ customer.firstName }}', html: '<p><a href="https://lutin.example/">Voir</a></p>' } } } });
  await saveTemplate(engine, workspace.id, { key: 'text', name: 'Text', content: { channel: 'sms', variants: { fr: { text: 'Merci STOP' } } } });
});

const inbox = async () => sql`select recipient, payload ->> 'subject' as subject from vendor_messages where workspace_id = ${workspace.id}`;

/** What is wrong, by code. */
const codesOf = (sent: Awaited<ReturnType<typeof sendTest>>): string[] => (sent.ok ? [] : sent.problems.map(({ code }) => code));

describe('a test of a notification', () => {
  const content = { channel: 'push' as const, variants: { fr: { title: 'Bonjour {{ customer.firstName }}', text: 'Vos points', url: 'https://lutin.example/points', icon: 'http://lutin.example/icon.png' } } };
  const browser = (customerId: string, simulated: string) => inWorkspace(engine.database, workspace.id, (transaction) => subscribe(engine, transaction, workspace.id, { customerId, browser: { simulated }, userAgent: null, source: 'browser', wordingVersion: '1' }));
  const test = (toCustomerId?: string, customerId?: string) => sendTest(engine, workspace.id, 'user:1', { key: 'new', content, toCustomerId, customerId });

  it('is shown in the browsers of the customer of one’s choice, as another reads it, and counts nowhere', async () => {
    const [shownTo, reader] = [await buildCustomer(sql, workspace.id, { profile: { firstName: 'Ida' } }), await buildCustomer(sql, workspace.id, { profile: { firstName: 'Inès' } })];
    for (const each of ['kept', 'kept', 'gone']) await browser(shownTo, each);
    expect(await test(shownTo, reader)).toEqual({ ok: true, value: { channel: 'push', browsers: 2 } });
    const got = await sql`select payload -> 'notification' as notification from vendor_messages where workspace_id = ${workspace.id}`;
    expect(got.map((row) => row['notification'])).toEqual(Array(2).fill({ title: '[Test] Bonjour Inès', body: 'Vos points', url: 'https://lutin.example/points', icon: null }));
    for (const table of ['messages', 'pressure_entries', 'outbox', 'traces']) expect(await sql`select from ${sql(table)} where workspace_id = ${workspace.id}`).toHaveLength(0);
    expect(await sql`select from push_subscriptions where customer_id = ${shownTo} and gone_at is null`).toHaveLength(2);
  });

  it('is refused, with what to do, without a customer, a browser that takes it, or their will (§6.7)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, {});
    expect(codesOf(await test())).toEqual(['test.noCustomer']);
    expect(codesOf(await test('01900000-0000-7000-8000-000000000000'))).toEqual(['customer.unknown']);
    expect(codesOf(await test(customerId))).toEqual(['test.noBrowser']);
    await browser(customerId, 'gone');
    expect(codesOf(await test(customerId))).toEqual(['test.noBrowser']);
    await browser(customerId, 'limited');
    expect(codesOf(await test(customerId))).toEqual(['test.notTaken']);
    await browser(customerId, 'kept');
    await inWorkspace(engine.database, workspace.id, (transaction) => applyConsents(transaction, workspace.id, [{ customerId, purpose: 'marketing', channel: 'push', state: 'denied', source: 'preferencePage', at: Date.now() }]));
    expect(codesOf(await test(customerId))).toEqual(['test.denied']);
    expect(codesOf(await sendTest(engine, workspace.id, 'user:1', { key: 'text', toCustomerId: customerId }))).toEqual(['test.noAddress']);
  });
});

describe('a test of a sender', () => {
  it('needs no template, reaches an address or a telephone, and is counted with the tests of templates', async () => {
    expect(await testSender(engine, workspace.id, 'user:1', { channel: 'email', to: 'camille@lutin.test' })).toMatchObject({ ok: true, value: { channel: 'email' } });
    expect(await testSender(engine, workspace.id, 'user:1', { channel: 'sms', to: '06 12 34 56 78' })).toMatchObject({ ok: true });
    expect((await inbox()).map(({ recipient }) => recipient).sort()).toEqual(['+33612345678', 'camille@lutin.test']);
    expect(codesOf(await testSender(engine, workspace.id, 'user:1', { channel: 'email', to: 'nobody' }))).toEqual(['identifier.invalid']);
    const lines = await sql`select subject from audit_lines where workspace_id = ${workspace.id} and action = 'account.test' order by subject`;
    expect(lines.map(({ subject }) => String(subject))).toEqual(['email', 'sms']);
  });
});

describe('a test of a template', () => {
  it('reaches the address as the reader of one’s choice would get it, says that it is a test, and counts nowhere', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { profile: { firstName: 'Inès', language: 'fr' } });
    expect(await sendTest(engine, workspace.id, 'user:1', { key: 'thanks', to: ' Camille@Lutin.Test ', customerId })).toEqual({ ok: true, value: { channel: 'email', browsers: null } });
    expect((await inbox()).map((row) => ({ ...row }))).toEqual([{ recipient: 'camille@lutin.test', subject: '[Test] Merci Inès' }]);
    for (const table of ['messages', 'pressure_entries', 'outbox', 'traces']) expect(await sql`select from ${sql(table)} where workspace_id = ${workspace.id}`).toHaveLength(0);
    const [line] = await sql`select action, subject, after from audit_lines where workspace_id = ${workspace.id} and action = 'template.test'`;
    expect(JSON.stringify(line)).not.toContain('amille');
  });

  it('goes to a telephone too', async () => {
    expect(await sendTest(engine, workspace.id, 'user:1', { key: 'text', to: '06 12 34 56 78' })).toMatchObject({ ok: true });
    expect((await inbox())[0]?.['recipient']).toBe('+33612345678');
  });

  it('keeps the address of a link that its reader follows, where a preview shows and counts the short one', async () => {
    const content = { channel: 'sms' as const, variants: { fr: { text: 'Voir {{ "https://lutin.example/hiver" | short_link }} STOP' } } };
    await sendTest(engine, workspace.id, 'user:1', { key: 'new', content, to: '06 12 34 56 78' });
    const [sent] = await sql`select payload ->> 'text' as text from vendor_messages where workspace_id = ${workspace.id}`;
    expect(sent?.['text']).toBe('Voir https://lutin.example/hiver STOP');
    const preview = await inWorkspace(engine.database, workspace.id, (transaction) => renderPreview(engine, transaction, workspace.id, { key: 'new', content }));
    expect(preview.ok && preview.value.parts['text']).toBe(`Voir ${engine.publicUrl}/l/${'x'.repeat(30)} STOP`);
  });

  it('says what is wrong: the address, the account, the vendor’s refusal', async () => {
    const codes = async (key: string, to: string) => {
      const sent = await sendTest(engine, workspace.id, 'user:1', { key, to });
      return sent.ok ? [] : sent.problems.map(({ code }) => code);
    };
    expect(await codes('thanks', 'nobody')).toHaveLength(1);
    expect(await codes('none', 'anna@lutin.test')).toEqual(['template.unknown']);
    expect(await codes('text', '+15005550001')).toEqual(['test.refused']);
    await sql`delete from webhook_endpoints where workspace_id = ${workspace.id}`;
    await sql`delete from provider_accounts where workspace_id = ${workspace.id}`;
    expect(await codes('thanks', 'anna@lutin.test')).toEqual(['test.noAccount']);
  });

  it('stops after twenty of one person within an hour, however they are asked for', async () => {
    const asked = await Promise.all(Array.from({ length: TESTS_PER_HOUR + 4 }, () => sendTest(engine, workspace.id, 'user:1', { key: 'thanks', to: 'anna@lutin.test' })));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(TESTS_PER_HOUR);
    expect(asked.find(({ ok }) => !ok)).toMatchObject({ problems: [{ code: 'test.limit' }] });
    expect(await sendTest(engine, workspace.id, 'user:2', { key: 'thanks', to: 'anna@lutin.test' })).toMatchObject({ ok: true });
  });
});
