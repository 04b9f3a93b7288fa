import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '#db/connection.ts';
import { openVendorStore, type NewVendorMessage, type VendorAccount, type VendorCallback, type VendorStore } from '#db/queries/vendor-store.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

const START = '2026-01-05T09:00:00.000Z';
let database: TestDatabase;
let migrator: postgres.Sql;
let application: Database;
let store: VendorStore;
const workspaceId = randomUUID();
const account: VendorAccount = { id: randomUUID(), workspaceId, vendor: 'resend', credential: 're_1', signingSecret: 'whsec_a', webhookUrl: 'http://127.0.0.1/hook' };

beforeAll(async () => {
  database = await createTestDatabase();
  migrator = postgres(database.url, { onnotice: () => {} });
  application = openDatabase(database.url, { maximumConnections: 4 });
  store = openVendorStore(application);
  await migrator`insert into workspaces (id, brand, name, slug, kind, currency, currency_exponent, time_zone, country, language)
    values (${workspaceId}, 'Lutin', 'Sandbox', 'lutin-vendors', 'sandbox', 'EUR', 2, 'Europe/Paris', 'FR', 'fr')`;
  await standAt(START);
  await migrator`insert into vendor_accounts (id, workspace_id, vendor, credential, signing_secret, webhook_url)
    values (${account.id}, ${workspaceId}, ${account.vendor}, ${account.credential}, ${account.signingSecret}, ${account.webhookUrl})`;
});
afterAll(async () => {
  await Promise.all([application?.end(), migrator?.end()]);
  await database?.drop();
});

const standAt = (at: string) => migrator`insert into clocks (workspace_id, stands_at) values (${workspaceId}, ${at}::text::timestamptz) on conflict (workspace_id) do update set stands_at = excluded.stands_at`;
const at = (afterSeconds: number) => Date.parse(START) + afterSeconds * 1_000;
const message = (recipient: string): NewVendorMessage => ({
  id: randomUUID(), workspaceId, accountId: account.id, channel: 'email', recipient, messageId: randomUUID(), status: 'queued', receivedAt: at(0),
  payload: { from: 'a@lutin.test', subject: 'Merci «à» vous', html: '<p>"</p>', text: '\\', headers: { 'List-Unsubscribe': '<https://lutin.test>' }, tags: { message_id: 'x' }, statusCallbackUrl: null },
});
const callback = (afterSeconds: number): VendorCallback => ({ id: randomUUID(), workspaceId, accountId: account.id, dueAt: at(afterSeconds), url: account.webhookUrl, headers: { 'svix-id': 'msg_1' }, body: '{"type":"x"}' });
const save = (input: Partial<Parameters<VendorStore['saveAccepted']>[0]>) => store.saveAccepted({ accountId: account.id, messages: [], callbacks: [], idempotent: null, at: at(0), ...input });

describe('openVendorStore', () => {
  it('gives back accounts and messages as they were kept, in the order received', async () => {
    const messages = [message('a@lutin.test'), message('b@lutin.test'), message('a@lutin.test')];
    expect(await save({ messages })).toBe(true);
    expect(await store.findAccount('resend', 're_1')).toEqual(account);
    expect(await store.findAccount('twilio', 're_1')).toBeNull();
    const listed = await store.listMessages({ workspaceId, limit: 10 });
    expect(listed.map(({ seq, ...kept }) => kept)).toEqual(messages);
    expect(await store.listMessages({ to: 'a@lutin.test', after: listed[0]?.seq, limit: 10 })).toEqual([listed[2]]);
    const { status: was } = listed[0]!;
    expect(await store.setMessageStatus(messages[0]!.id, 'delivered', was)).toBe(true);
    expect(await store.setMessageStatus(messages[0]!.id, 'sent', was)).toBe(false);
    expect(await store.findMessage(messages[0]!.id)).toMatchObject({ status: 'delivered' });
  });

  it('keeps all of a request or nothing when its key was used meanwhile', async () => {
    const idempotent = { key: 'batch-1', bodyHash: 'h', answer: { data: [{ id: '1' }] } };
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => save({ idempotent, messages: [message('once@lutin.test')], callbacks: [callback(86_400)] })));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await store.listMessages({ to: 'once@lutin.test', limit: 10 })).toHaveLength(1);
    expect(await store.findIdempotent(account.id, 'batch-1')).toEqual(idempotent);
  });

  it('hands out a callback once, when the workspace\'s own time has reached it', async () => {
    const [early, late] = [callback(10), callback(20)];
    await store.saveCallbacks([late, early]);
    expect(await store.claimDueCallbacks(10, 30)).toEqual([]);
    await standAt(new Date(at(10)).toISOString());
    expect(await store.countDueCallbacks()).toBe(1);
    const claims = (await Promise.all([store.claimDueCallbacks(10, 30), store.claimDueCallbacks(10, 30)])).flat();
    expect(claims).toEqual([{ ...early, attempts: 1, vendor: 'resend', signingSecret: 'whsec_a' }]);
    await store.finishCallback(early.id, { state: 'done' });
    expect(await store.countDueCallbacks()).toBe(0);
  });

  it('holds a failed one back in machine time, and frees what a killed server had claimed', async () => {
    await standAt(new Date(at(20)).toISOString());
    const [claimed] = await store.claimDueCallbacks(10, 30);
    await store.finishCallback(claimed!.id, { state: 'pending', retryAfterSeconds: 3_600 });
    expect(await store.claimDueCallbacks(10, 30)).toEqual([]);
    expect(await store.countDueCallbacks()).toBe(1);
    await store.releaseClaims();
    expect(await store.claimDueCallbacks(10, 30)).toMatchObject([{ id: claimed!.id, attempts: 2 }]);
  });

  it('counts attempts per recipient', async () => {
    expect([await store.countAttempt(account.id, 'x'), await store.countAttempt(account.id, 'x'), await store.countAttempt(account.id, 'y')]).toEqual([1, 2, 1]);
  });
});
