import { beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { findMissingSenders } from '#engine/missing-senders.ts';
import { addSenderDomain, checkDueDomains, checkSenderDomain, listSenderDomains, removeSenderDomain, type SenderDomain } from '#engine/sender-domains.ts';
import type { DomainVendor } from '#providers/resend-domains.ts';
import { buildWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
let workspaceId: string;
withTestVendors((made) => ({ sql, engine, vendors } = made));
beforeEach(async () => { workspaceId = (await buildWorkspace(sql, { vendorUrl: vendors.url, kind: 'live' })).id; });

const who = () => ({ workspaceId, actor: 'user:1' });
const add = async (name: string): Promise<SenderDomain> => {
  const added = await addSenderDomain(engine, who(), name);
  if (!added.ok) throw new Error(added.problems[0]?.code);
  return added.value;
};
const check = (id: string) => checkSenderDomain(engine, who(), id, { verifies: true });
/** The vendor's own clock. */
const waitAtVendor = (seconds: number) => sql`update vendor_domains set verify_asked_at = verify_asked_at - make_interval(secs => ${seconds})`;
const due = () => sql`update sender_domains set next_check_at = clock_timestamp() where workspace_id = ${workspaceId}`;
const read = async (): Promise<SenderDomain> => (await inWorkspace(engine.database, workspaceId, listSenderDomains))[0]!;
const journey = Journey.parse({ formatVersion: 1, key: 'thanks', name: 'Thanks', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'mail' }, nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'information' }, next: {} }] });
const missing = async () => (await inWorkspace(engine.database, workspaceId, (transaction) => findMissingSenders(transaction, workspaceId, journey, {}))).map(({ code }) => code);

describe('a sender’s domain', () => {
  it('is added with its records, verified once the vendor finds them, and only then lets a journey go live', async () => {
    expect(await missing()).toEqual(['sender.domain']);
    const added = await add('lutin.test');
    expect(added).toMatchObject({ name: 'lutin.test', state: 'notStarted', reason: null });
    expect(added.records.map(({ type, name, priority }) => [type, name, priority])).toEqual([['MX', 'send', 10], ['TXT', 'send', null], ['TXT', 'resend._domainkey', null]]);
    expect(await missing()).toEqual(['sender.domain']);
    await waitAtVendor(5);
    await due();
    expect(await checkDueDomains(engine)).toBe(1);
    expect(await read()).toMatchObject({ state: 'verified', lostAt: null });
    expect(await missing()).toEqual([]);
    expect(await checkDueDomains(engine)).toBe(0);
  });

  it('that is no longer verified says since when, and keeps journeys back again', async () => {
    await sql`update provider_accounts set config = jsonb_set(config, '{from}', '"a@lost.lutin.test"') where workspace_id = ${workspaceId} and channel = 'email'`;
    const { id } = await add('lost.lutin.test');
    await waitAtVendor(5);
    expect((await check(id)).state).toBe('verified');
    await waitAtVendor(90);
    await due();
    await checkDueDomains(engine);
    const lost = await read();
    expect(lost).toMatchObject({ state: 'failed', lostAt: expect.any(Date) as Date, verifiedAt: expect.any(Date) as Date });
    expect(await missing()).toEqual(['sender.domain']);
    expect(await sql`select after ->> 'state' as state from audit_lines where workspace_id = ${workspaceId} and action = 'domain.state' order by id`).toEqual([{ state: 'verified' }, { state: 'failed' }]);
    // Asked again and again, it keeps the first moment.
    await check(id);
    expect((await read()).lostAt).toEqual(lost.lostAt);
  });

  it('whose answer was lost is there all the same, once, and is added again without doubling', async () => {
    const first = await add('lies.lutin.test');
    const second = await add('lies.lutin.test');
    expect(second.id).toBe(first.id);
    expect(await sql`select count(*)::int as n from vendor_domains where name = 'lies.lutin.test'`).toEqual([{ n: 1 }]);
  });

  it('that the vendor has lost is added anew when somebody asks again', async () => {
    const { id } = await add('lutin.test');
    await sql`delete from vendor_domains`;
    const again = await check(id);
    expect(again).toMatchObject({ id, state: 'pending', reason: null });
  });

  it('is taken away at the vendor too, unless something leaves in its name', async () => {
    const used = await add('lutin.test');
    await expect(removeSenderDomain(engine, who(), used.id)).rejects.toMatchObject({ code: 'domain.inUse' });
    const other = await add('other.test');
    await removeSenderDomain(engine, who(), other.id);
    expect(await sql`select name from vendor_domains v join provider_accounts a on a.id = v.account_id where a.workspace_id = ${workspaceId}`).toEqual([{ name: 'lutin.test' }]);
  });

  it('keeps what is known of it while the vendor cannot be asked, and says so', async () => {
    const { id } = await add('lutin.test');
    await waitAtVendor(5);
    await check(id);
    const away: DomainVendor = { find: async () => ({ kind: 'unavailable', reason: 'x' }), create: async () => ({ kind: 'unavailable', reason: 'x' }), get: async () => ({ kind: 'unavailable', reason: 'x' }), verify: async () => ({ kind: 'unavailable', reason: 'x' }), remove: async () => ({ kind: 'unavailable', reason: 'x' }) };
    const told = await checkSenderDomain(engine, who(), id, { verifies: true }, () => away);
    expect(told).toMatchObject({ state: 'verified', reason: { code: 'domain.unavailable' }, records: expect.arrayContaining([expect.objectContaining({ type: 'MX' })]) as unknown });
    await expect(removeSenderDomain(engine, who(), (await add('other.test')).id, () => away)).rejects.toMatchObject({ code: 'domain.unavailable' });
  });

  it('needs a vendor that knows of domains', async () => {
    await sql`update provider_accounts set config = '{"kind":"smtp","url":"smtp://127.0.0.1:1","from":"a@lutin.test"}' where workspace_id = ${workspaceId} and channel = 'email'`;
    expect(await addSenderDomain(engine, who(), 'lutin.test')).toMatchObject({ ok: false, problems: [{ code: 'domain.noVendor' }] });
    expect(await missing()).toEqual([]);
  });
});
