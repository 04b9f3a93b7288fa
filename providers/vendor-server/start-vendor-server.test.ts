import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openResend } from '#providers/resend.ts';
import { openTwilio } from '#providers/twilio.ts';
import { startVendorServer } from '#providers/vendor-server/start-vendor-server.ts';
import { AUTH_TOKEN, email, receiveWebhooks, sms, testAccounts } from '#providers/vendor-server/vendors-for-test.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

let database: TestDatabase;
let sql: postgres.Sql;
let webhooks: Awaited<ReturnType<typeof receiveWebhooks>>;
let accounts: ReturnType<typeof testAccounts>;
const workspaceId = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  webhooks = await receiveWebhooks();
  accounts = testAccounts(webhooks.url, workspaceId);
  sql = postgres(database.url, { onnotice: () => {} });
  await sql`insert into workspaces (id, brand, name, slug, kind, currency, currency_exponent, time_zone, country, language)
    values (${workspaceId}, 'Lutin', 'Sandbox', 'lutin-server', 'sandbox', 'EUR', 2, 'Europe/Paris', 'FR', 'fr')`;
  await sql`insert into clocks (workspace_id, stands_at) values (${workspaceId}, '2026-01-05T09:00:00Z')`;
  for (const { id, vendor, credential, signingSecret, webhookUrl } of accounts) {
    await sql`insert into vendor_accounts (id, workspace_id, vendor, credential, signing_secret, webhook_url) values (${id}, ${workspaceId}, ${vendor}, ${credential}, ${signingSecret}, ${webhookUrl})`;
  }
});
afterAll(async () => {
  await Promise.all([sql?.end(), webhooks?.stop()]);
  await database?.drop();
});

describe('startVendorServer', () => {
  it('keeps messages, keys and owed webhooks over a restart, and sends them when the standing clock has passed', async () => {
    const [resend, twilio] = accounts;
    const batch = { batchId: randomUUID(), payload: [email('anna@lutin.test'), email('refused+x@lutin.test')] };
    const first = await startVendorServer({ port: 0, databaseUrl: database.url });
    const before = await openResend({ apiKey: resend.credential, baseUrl: first.url }).sendBatch(batch);
    expect((await openTwilio({ accountSid: twilio.credential, authToken: AUTH_TOKEN, baseUrl: first.url }).send(sms('+33639980001', webhooks.url))).kind).toBe('sent');
    await first.stop();

    const second = await startVendorServer({ port: 0, databaseUrl: database.url });
    const again = await openResend({ apiKey: resend.credential, baseUrl: second.url }).sendBatch(batch);
    expect(again.kind === 'answered' && again.members).toEqual(before.kind === 'answered' && before.members);
    expect(webhooks.state.received).toEqual([]);
    await sql`update clocks set stands_at = '2026-01-05T09:00:03Z'`;
    await fetch(`${second.url}/callbacks/run`, { method: 'POST' });
    expect(webhooks.state.received).toHaveLength(4);
    expect(await second.settled()).toBe(true);
    expect(await (await fetch(`${second.url}/mailbox`)).json()).toMatchObject({ messages: [{ channel: 'email', status: 'delivered' }, { channel: 'sms', status: 'delivered' }] });
    await second.stop();
  });
});
