import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { openAccount } from '#engine/account-keys.ts';
import { changeSender, putAccount } from '#engine/commands/put-account.ts';
import { createDestination } from '#engine/commands/destinations.ts';
import { publishJourney } from '#engine/commands/publish-journey.ts';
import { putSecret } from '#engine/commands/put-secret.ts';
import { loadAccount } from '#engine/dispatch/sending-account.ts';
import { signId, verifyId } from '#engine/links.ts';
import { findMissingSenders } from '#engine/missing-senders.ts';
import { reseal } from '#engine/reseal.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { buildWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

const RESEND = { kind: 'resend', apiKey: 're_hidden', webhookSecret: 'whsec_hidden', from: 'Lutin <a@lutin.test>' } as const;
const live = async (): Promise<string> => (await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', kind: 'live' })).id;
const command = <T>(workspaceId: string, work: Parameters<typeof runInWorkspace<T>>[2]): Promise<T> => runInWorkspace(engine, { workspaceId, actor: 'test' }, work);
const readEmail = (workspaceId: string, by: Partial<TestEngine['engine']> = {}) => inWorkspace(engine.database, workspaceId, (transaction) => loadAccount({ ...engine, ...by }, transaction, workspaceId, 'email'));
const atRest = async (workspaceId: string) => (await sql<{ config: Record<string, unknown>; sealed: Buffer | null }[]>`select config, sealed from provider_accounts where workspace_id = ${workspaceId} and channel = 'email'`)[0]!;

describe('the keys of a vendor', () => {
  it('lie sealed, and come together only where a message leaves', async () => {
    const id = await live();
    await command(id, ({ command: context }) => putAccount(context, engine.secret, 'email', RESEND));
    const row = await atRest(id);
    expect(row.config).toEqual({ kind: 'resend', from: 'Lutin <a@lutin.test>' });
    expect(row.sealed?.includes('hidden')).toBe(false);
    expect(await readEmail(id)).toMatchObject({ kind: 'ready', account: { config: RESEND } });
    expect(JSON.stringify(await sql`select * from audit_lines where workspace_id = ${id}`)).not.toContain('hidden');
    expect(openAccount(engine, newId(), 'email', row)).toBeNull();
  });

  it('stay as they are when only the sender changes', async () => {
    const id = await live();
    await command(id, ({ command: context }) => putAccount(context, engine.secret, 'email', { ...RESEND, replyTo: 'b@lutin.test' }));
    await command(id, ({ command: context }) => changeSender(context, 'email', { from: 'Boutique <c@lutin.test>' }));
    expect(await readEmail(id)).toMatchObject({ account: { config: { ...RESEND, from: 'Boutique <c@lutin.test>' } } });
    expect((await atRest(id)).config).not.toHaveProperty('replyTo');
    await command(id, ({ command: context }) => putAccount(context, engine.secret, 'email', { kind: 'environment' }));
    await expect(command(id, ({ command: context }) => changeSender(context, 'email', { from: 'c@lutin.test' }))).rejects.toMatchObject({ code: 'account.noKeys' });
  });
});

describe('another secret of the installation', () => {
  it('opens what the former one sealed and follows what it signed, until everything is sealed anew', async () => {
    const id = await live();
    await command(id, async ({ command: context }) => {
      await putAccount(context, engine.secret, 'email', RESEND);
      await putSecret(context, engine.secret, { name: 'crm', value: 'text' });
      await createDestination(context, engine.secret, { name: 'ERP', address: 'https://erp.test/hook', types: ['purchase'] });
    });
    const next = { secret: 'n'.repeat(32), formerSecret: engine.secret };
    expect(await readEmail(id, { secret: next.secret })).toEqual({ kind: 'missing' });
    expect(await readEmail(id, next)).toMatchObject({ kind: 'ready' });
    expect(verifyId(next, 'link', signId(engine.secret, 'link', id))).toBe(id);
    expect(verifyId({ secret: next.secret }, 'link', signId(engine.secret, 'link', id))).toBeNull();
    expect((await reseal(engine.database, next)).lost).toEqual([]);
    expect(await readEmail(id, { secret: next.secret })).toMatchObject({ kind: 'ready', account: { config: RESEND } });
    expect((await reseal(engine.database, { secret: 'x'.repeat(32) })).lost).toEqual(expect.arrayContaining(['account email', 'secret crm', 'destination ERP']));
    expect(await readEmail(id, { secret: next.secret })).toMatchObject({ kind: 'ready' });
    await reseal(engine.database, { secret: engine.secret, formerSecret: next.secret });
  });

  it('seals keys that lie open since before', async () => {
    const id = await live();
    await sql`update provider_accounts set config = ${sql.json(RESEND)}, sealed = null where workspace_id = ${id} and channel = 'email'`;
    expect(await readEmail(id)).toMatchObject({ kind: 'ready' });
    await reseal(engine.database, engine);
    expect((await atRest(id)).config).toEqual({ kind: 'resend', from: 'Lutin <a@lutin.test>' });
    expect(await readEmail(id)).toMatchObject({ kind: 'ready', account: { config: RESEND } });
  });
});

describe('a journey that is put live', () => {
  const draft = {
    formatVersion: 1, key: 'thanks', name: 'Thanks', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'mail' },
    nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'information' }, next: { next: 'letter' } }, { id: 'letter', kind: 'sendLetter', settings: { templateKey: 'letter', category: 'information' }, next: {} }],
  };
  const missing = (workspaceId: string, vendorAccounts = {}) => inWorkspace(engine.database, workspaceId, (transaction) => findMissingSenders(transaction, workspaceId, Journey.parse(draft), vendorAccounts));

  it('says which of its steps nobody could speak for, and is not published', async () => {
    const id = await live();
    await sql`delete from webhook_endpoints where workspace_id = ${id}`;
    await sql`delete from provider_accounts where workspace_id = ${id}`;
    expect(await missing(id)).toMatchObject([{ code: 'sender.missing', path: ['nodes', 0] }]);
    const journeyId = newId();
    await sql`insert into journeys (id, workspace_id, key, name, status, draft, draft_revision, created_at, updated_at) values (${journeyId}, ${id}, 'thanks', 'Thanks', 'draft', ${sql.json(draft)}, 1, now(), now())`;
    const published = await command(id, ({ command: context }) => publishJourney(context, journeyId, { vendorAccounts: {} }));
    expect(published.ok ? [] : published.problems.map(({ code }) => code)).toContain('sender.missing');
    await command(id, ({ command: context }) => putAccount(context, engine.secret, 'email', { kind: 'environment' }));
    expect(await missing(id)).toHaveLength(1);
    expect(await missing(id, { email: RESEND })).toEqual([]);
    await command(id, ({ command: context }) => putAccount(context, engine.secret, 'email', RESEND));
    expect(await missing(id)).toMatchObject([{ code: 'sender.domain', path: ['nodes', 0] }]);
    await sql`insert into sender_domains (id, workspace_id, name, state) values (${newId()}, ${id}, 'lutin.test', 'verified')`;
    expect(await missing(id)).toEqual([]);
  });

  it('§5.8 asks the sender of the channel that a capped message takes instead, too', async () => {
    const id = await live();
    await sql`delete from webhook_endpoints where workspace_id = ${id}`;
    await sql`delete from provider_accounts where workspace_id = ${id}`;
    const capped = { ...draft, nodes: [{ ...draft.nodes[1], id: 'letter', settings: { templateKey: 'letter', category: 'information', whenCapped: { kind: 'otherChannel', channel: 'sms', templateKey: 'short' } }, next: {} }] };
    const ask = () => inWorkspace(engine.database, id, (transaction) => findMissingSenders(transaction, id, Journey.parse({ ...capped, entry: { ...draft.entry, next: 'letter' } }), {}));
    expect(await ask()).toEqual([{ code: 'sender.missing', message: expect.stringContaining('SMS') as string, path: ['nodes', 0, 'settings', 'whenCapped', 'channel'] }]);
    await command(id, ({ command: context }) => putAccount(context, engine.secret, 'sms', { kind: 'twilio', accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', from: '+33700000000' }));
    expect(await ask()).toEqual([]);
  });

  it('is never kept from a sandbox, whose vendors are simulated', async () => {
    const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
    await sql`delete from webhook_endpoints where workspace_id = ${id}`;
    await sql`delete from provider_accounts where workspace_id = ${id}`;
    expect(await missing(id)).toEqual([]);
  });
});
