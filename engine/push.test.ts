import { beforeEach, describe, expect, it } from 'vitest';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { followClick } from '#engine/follow-link.ts';
import { loadDevices, pushAccount, subscribe, unsubscribe } from '#engine/push-subscriptions.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { inWorkspace } from '#db/connection.ts';
import { postPush } from '#providers/post-push.ts';
import { buildCustomer, buildMessages, buildWorkspace, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
let workspace: BuiltWorkspace;
let templateId: string;
withTestVendors((made) => ({ sql, engine, vendors } = made));

beforeEach(async () => {
  workspace = await buildWorkspace(sql, { vendorUrl: vendors.url, publicUrl: engine.publicUrl, standsAt: '2026-03-10T11:00:00Z' });
  const saved = await saveTemplate(engine, workspace.id, { key: 'push', name: 'push', content: { channel: 'push', variants: { fr: { title: 'Bonjour {{ customer.firstName }}', text: 'Vos points vous attendent', url: 'https://lutin.test/points' }, en: { title: 'Hello {{ customer.firstName }}', text: 'Your points await you' } } } });
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  templateId = saved.value.templateId;
});

const inside = <T>(work: (transaction: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T>) => inWorkspace(engine.database, workspace.id, work);
const browser = (customerId: string, simulated: string) => inside((transaction) => subscribe(engine, transaction, workspace.id, { customerId, browser: { simulated }, userAgent: 'Firefox', source: 'browser', wordingVersion: 'push-1' }));
const devices = async (customerId: string) => (await inside((transaction) => loadDevices(transaction, [customerId]))).get(customerId) ?? [];
async function send(browsers: string[], profile: Record<string, string> = { firstName: 'Anna' }): Promise<{ id: string; customerId: string }> {
  const customerId = await buildCustomer(sql, workspace.id, { profile });
  for (const each of browsers) await browser(customerId, each);
  const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId, channel: 'push' }]);
  await dispatchOnce(engine, workspace.id);
  return { id: id!, customerId };
}
const row = async (id: string) => (await sql`select status, channel, reason, language, provider from messages where id = ${id}`)[0]!;
const received = () => sql<{ title: string; text: string; topic: string; recipient: string }[]>`select payload ->> 'subject' as title, payload ->> 'text' as text, payload -> 'headers' ->> 'topic' as topic, recipient from vendor_messages where workspace_id = ${workspace.id} order by seq`;

describe('a notification', () => {
  it('goes to each browser of the customer, encrypted for it, in their language, with a signed link and its message as topic (§4.3, §7.1, §7.7)', async () => {
    const { id, customerId } = await send(['kept', 'kept']);
    expect(await row(id)).toMatchObject({ status: 'sent', channel: 'push', language: 'fr', provider: 'webpush' });
    const got = await received();
    expect(got).toHaveLength(2);
    expect(new Set(got.map(({ topic }) => topic))).toEqual(new Set([id.replaceAll('-', '')]));
    expect(got[0]).toMatchObject({ title: 'Bonjour Anna' });
    const token = /\/l\/([\w-]+)$/.exec(got[0]!.text)?.[1] ?? '';
    expect(await followClick(engine, token)).toBe('https://lutin.test/points');
    expect(await sql`select 1 from messages where id = ${id} and clicked_at is not null`).toHaveLength(1);
    expect(await sql`select state, source, wording_version from consents where customer_id = ${customerId} and channel = 'push' order by id desc limit 1`).toMatchObject([{ state: 'granted' }]);
  });

  it('is sent when one browser took it, and asks a browser that is gone no more (§7.1)', async () => {
    const { id, customerId } = await send(['gone', 'kept', 'gone'], { firstName: 'Ida', language: 'en' });
    expect(await row(id)).toMatchObject({ status: 'sent', language: 'en' });
    expect(await devices(customerId)).toHaveLength(1);
    expect((await received()).map(({ title }) => title)).toEqual(['Hello Ida']);
  });

  it('fails with the reason when every browser is gone, and gives its place in the ledger back (§5.12)', async () => {
    const { id, customerId } = await send(['gone']);
    expect(await row(id)).toMatchObject({ status: 'failed', reason: { code: 'vendor.refused', figures: { vendorCode: 'gone' } } });
    expect(await devices(customerId)).toEqual([]);
    const [next] = await buildMessages(sql, workspace.id, [{ customerId, templateId, channel: 'push' }]);
    await dispatchOnce(engine, workspace.id);
    expect(await row(next!)).toMatchObject({ status: 'suppressed' });
  });

  it('is never sent a second time after a silence, and becomes unknown (§7.3)', async () => {
    for (const lie of ['reset', 'error']) {
      const { id } = await send([lie]);
      expect(await row(id)).toMatchObject({ status: 'unknown', reason: { code: 'vendor.noAnswer' } });
    }
    expect(await received()).toHaveLength(2);
  });

  it('waits when a push service says later, and leaves then (§7.5)', async () => {
    const { id } = await send(['limited']);
    expect(await row(id)).toMatchObject({ status: 'queued' });
    await sql`update provider_accounts set rate = '{}' where workspace_id = ${workspace.id}`;
    await sql`update outbox set retry_at = null where message_id = ${id}`;
    await dispatchOnce(engine, workspace.id);
    expect(await row(id)).toMatchObject({ status: 'sent' });
  });

  it('does not leave for whoever has said no since, or has taken their browser away (§6.7)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, {});
    const { id: device } = await browser(customerId, 'kept');
    expect(await inside((transaction) => unsubscribe(transaction, workspace.id, customerId, { id: device }))).toBe(true);
    const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId, channel: 'push' }]);
    await dispatchOnce(engine, workspace.id);
    expect(await row(id!)).toMatchObject({ status: 'suppressed' });
    expect(await received()).toEqual([]);
  });
});

describe('a browser that changes hands', () => {
  const real = { endpoint: 'https://push.example.com/x', keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } };
  it('§12.1 is theirs who subscribed in it last, and whose it was before stays known', async () => {
    await inside((transaction) => pushAccount(engine, transaction, workspace.id));
    await sql`update provider_accounts set config = config - 'baseUrl' where workspace_id = ${workspace.id} and channel = 'push'`;
    const [first, second] = [await buildCustomer(sql, workspace.id, {}), await buildCustomer(sql, workspace.id, {})];
    const take = (customerId: string) => inside((transaction) => subscribe(engine, transaction, workspace.id, { customerId, browser: real, userAgent: null, source: 'browser', wordingVersion: '1' }));
    const { id } = await take(first);
    expect((await take(first)).id).toBe(id);
    await Promise.all([take(second), take(second)]);
    const counts = async () => Promise.all([first, second].map(async (each) => (await devices(each)).length));
    expect(await counts()).toEqual([0, 1]);
    await inside((transaction) => unsubscribe(transaction, workspace.id, second, { endpoint: real.endpoint }));
    await take(second);
    expect(await counts()).toEqual([0, 1]);
    const rows = await sql`select customer_id, gone_at is null as live from push_subscriptions where workspace_id = ${workspace.id} order by id`;
    expect(rows.map((row) => [row['customer_id'] === first ? 1 : 2, row['live']])).toEqual([[1, false], [2, false], [2, true]]);
  });
});

describe('the address that a browser gives', () => {
  const post = (endpoint: string, address = '93.184.216.34') => postPush({ endpoint, headers: {}, body: Buffer.from('x') }, null, async () => [{ address, family: 4 }]);
  it('is spoken to over https only, and never when it leads inside, whatever its name says (§4.3)', async () => {
    expect(await post('http://push.example.com/x')).toMatchObject({ kind: 'forbidden' });
    for (const address of ['127.0.0.1', '10.0.0.8', '169.254.169.254']) expect(await post('https://push.example.com/x', address)).toMatchObject({ kind: 'forbidden' });
  });
  it('is of a simulated browser in a sandbox, and of a real one in a live workspace', async () => {
    const customerId = await buildCustomer(sql, workspace.id, {});
    const real = { endpoint: 'https://push.example.com/x', keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } };
    await expect(inside((transaction) => subscribe(engine, transaction, workspace.id, { customerId, browser: real, userAgent: null, source: 'browser', wordingVersion: '1' }))).rejects.toMatchObject({ code: 'push.otherWorld' });
  });
});
