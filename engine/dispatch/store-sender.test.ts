import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { putStoreSender, removeStoreSender } from '#engine/commands/put-store-sender.ts';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { testSender } from '#engine/send-test.ts';
import { buildCustomer, buildMessages, buildWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
withTestVendors((made) => ({ sql, engine, vendors } = made));

async function openBrand(kind: 'live' | 'sandbox') {
  const { id } = await buildWorkspace(sql, { vendorUrl: vendors.url, kind, ...(kind === 'sandbox' && { standsAt: '2026-03-10T11:00:00Z' }) });
  const storeId = newId();
  await sql`insert into stores (id, workspace_id, external_id, name, country, time_zone) values (${storeId}, ${id}, 'lyon', 'Lyon', 'FR', 'Europe/Paris')`;
  const template = async (key: string, content: unknown): Promise<string> => {
    const saved = await saveTemplate(engine, id, { key, name: key, content });
    if (!saved.ok) throw new Error(saved.problems[0]?.code);
    return saved.value.templateId;
  };
  const put = (...[externalId, channel, sender]: [string, 'email' | 'sms', Parameters<typeof putStoreSender>[3]]) => runInWorkspace(engine, { workspaceId: id, actor: 'test' }, ({ command }) => putStoreSender(command, externalId, channel, sender));
  return {
    id, storeId, put, email: await template('mail', { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' } } }), sms: await template('sms', { channel: 'sms', variants: { fr: { text: 'Merci STOP' } } }),
    remove: (channel: 'email' | 'sms') => runInWorkspace(engine, { workspaceId: id, actor: 'test' }, ({ command }) => removeStoreSender(command, 'lyon', channel)),
    senders: async () => (await sql`select payload ->> 'from' as from from vendor_messages where workspace_id = ${id} order by seq`).map((row) => String(row['from'])),
    traced: async () => (await sql`select data ->> 'senderStore' as store from traces where workspace_id = ${id} and data ->> 'code' = 'message.handedOver' order by id`).map((row) => row['store'] as string | null),
  };
}

describe('a store that has a sender of its own', () => {
  it('speaks to its customers, and the brand to everybody else; the trace says which', async () => {
    const brand = await openBrand('sandbox');
    await brand.put('lyon', 'email', { name: 'Lutin Lyon', address: 'lyon@lutin.test' });
    await brand.put('lyon', 'sms', { from: 'LUTINLYON' });
    const local = await buildCustomer(sql, brand.id, { email: 'a@lutin.test', phone: '+33639980001', profile: { storeId: brand.storeId } });
    const anybody = await buildCustomer(sql, brand.id, { email: 'b@lutin.test' });
    await buildMessages(sql, brand.id, [{ customerId: local, templateId: brand.email, priority: 90 }, { customerId: anybody, templateId: brand.email, priority: 10 }, { customerId: local, templateId: brand.sms, channel: 'sms' }]);
    for (let round = 0; round < 5 && (await dispatchOnce(engine, brand.id)) > 0; round += 1);
    expect(await brand.senders()).toEqual(['Lutin Lyon <lyon@lutin.test>', 'Lutin <bonjour@lutin.test>', 'LUTINLYON']);
    expect(await brand.traced()).toEqual(['lyon', null, 'lyon']);
  });

  it('holds from the next hand-over on, and speaks as the brand once it is taken away', async () => {
    const brand = await openBrand('sandbox');
    const customerId = await buildCustomer(sql, brand.id, { email: 'a@lutin.test', profile: { storeId: brand.storeId } });
    const send = async () => {
      await buildMessages(sql, brand.id, [{ customerId, templateId: brand.email, category: 'transactional' }]);
      await dispatchOnce(engine, brand.id);
    };
    await brand.put('lyon', 'email', { name: 'Lyon' });
    await send();
    await brand.put('lyon', 'email', { name: 'Presqu’île' });
    await send();
    await brand.remove('email');
    await send();
    expect(await brand.senders()).toEqual(['Lyon <bonjour@lutin.test>', 'Presqu’île <bonjour@lutin.test>', 'Lutin <bonjour@lutin.test>']);
  });

  it('cannot write in live in the name of a domain that is not verified, nor once it is no longer', async () => {
    const brand = await openBrand('live');
    const lyon = { name: 'Lyon', address: 'a@lyon.test' };
    expect(await brand.put('lyon', 'email', lyon)).toMatchObject({ ok: false, problems: [{ code: 'sender.domain', path: ['body', 'address'] }] });
    await sql`insert into sender_domains (id, workspace_id, name, state) values (${newId()}, ${brand.id}, 'lyon.test', 'verified')`;
    expect((await brand.put('lyon', 'email', lyon)).ok).toBe(true);
    const customerId = await buildCustomer(sql, brand.id, { email: 'a@lutin.test', profile: { storeId: brand.storeId } });
    for (const state of ['verified', 'failed']) {
      await sql`update sender_domains set state = ${state} where workspace_id = ${brand.id}`;
      await buildMessages(sql, brand.id, [{ customerId, templateId: brand.email, category: 'transactional' }]);
      await dispatchOnce(engine, brand.id);
    }
    expect(await brand.senders()).toEqual(['Lyon <a@lyon.test>', 'Lyon <bonjour@lutin.test>']);
  });

  it('may write in the name of the domain of the installation’s own sender, where the brand speaks with that', async () => {
    const brand = await openBrand('live');
    await sql`update provider_accounts set config = '{"kind":"environment"}' where workspace_id = ${brand.id} and channel = 'email'`;
    const put = (installation?: string) => runInWorkspace(engine, { workspaceId: brand.id, actor: 'test' }, ({ command }) => putStoreSender(command, 'lyon', 'email', { address: 'lyon@host.test' }, installation));
    expect((await put()).ok).toBe(false);
    expect((await put('Lutin <hello@host.test>')).ok).toBe(true);
  });

  it('is tried by a message of ours, and a store that is not there is said to be unknown', async () => {
    const brand = await openBrand('sandbox');
    await brand.put('lyon', 'email', { name: 'Lyon' });
    expect((await testSender(engine, brand.id, 'user:1', { channel: 'email', to: 'me@lutin.test', store: 'lyon' })).ok).toBe(true);
    expect(await brand.senders()).toEqual(['Lyon <bonjour@lutin.test>']);
    await expect(testSender(engine, brand.id, 'user:1', { channel: 'email', to: 'me@lutin.test', store: 'nice' })).rejects.toMatchObject({ code: 'store.unknown' });
    await expect(brand.put('nice', 'email', { name: 'Nice' })).rejects.toMatchObject({ code: 'store.unknown' });
  });
});
