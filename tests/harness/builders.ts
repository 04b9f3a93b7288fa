/** Small builders for tests on a real Postgres: a workspace, customers, journeys and messages that wait in the outbox, written by the migrator. */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { v7 } from 'uuid';
import { openDatabase, type Database } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { CHANNELS, type Channel } from '#domain/customers/channels.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { capSwitches, findCategory } from '#domain/pressure/category.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import type { Engine } from '#engine/engine.ts';

export const TEST_SECRET = 'a secret of at least thirty-two characters';

/** An engine over a test database whose alarm clock arms nothing. */
export function buildEngine(url: string, overrides: Partial<Engine> = {}): Engine & { database: Database } {
  return {
    database: openDatabase(url, { maximumConnections: 12 }), timer: { arm: () => Promise.resolve([]), armAlarms: () => Promise.resolve([]), armImports: () => Promise.resolve([]) }, hintRouters: () => {},
    publicUrl: 'http://127.0.0.1:1', secret: TEST_SECRET, vendorAccounts: {}, ...overrides,
  };
}

export type BuiltWorkspace = { id: string; emailAccountId: string; smsAccountId: string; smsEndpointId: string; whatsappEndpointId: string; emailEndpointId: string; resendKey: string; webhookSecret: string; accountSid: string; authToken: string };

/** A sandbox with an account of e-mail, SMS and WhatsApp at a simulated vendor. `standsAt` stands its clock. */
export async function buildWorkspace(
  sql: postgres.Sql, input: { vendorUrl: string; publicUrl?: string; kind?: 'live' | 'sandbox'; standsAt?: string; policy?: PressurePolicy; language?: string },
): Promise<BuiltWorkspace> {
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  const [id, emailAccountId, smsAccountId, whatsappAccountId, emailEndpointId, smsEndpointId, whatsappEndpointId] = [v7(), v7(), v7(), v7(), v7(), v7(), v7()];
  const built = { id, emailAccountId, smsAccountId, emailEndpointId, smsEndpointId, whatsappEndpointId, resendKey: `re_${hex(8)}`, webhookSecret: `whsec_${randomBytes(24).toString('base64')}`, accountSid: `AC${hex(16)}`, authToken: hex(16) };
  const { vendorUrl, publicUrl = 'http://127.0.0.1:1', kind = 'sandbox', standsAt, policy, language = 'fr' } = input;
  await sql`insert into workspaces (id, brand, name, slug, kind, currency, currency_exponent, time_zone, country, language)
    values (${id}, 'Lutin', 'Lutin', ${`lutin-${hex(6)}`}, ${kind}, 'EUR', 2, 'Europe/Paris', 'FR', ${language})`;
  if (kind === 'sandbox') await sql`insert into clocks (workspace_id, stands_at) values (${id}, ${standsAt ?? null})`;
  if (policy) await sql`insert into pressure_policies (workspace_id, revision, policy, updated_at) values (${id}, 1, ${sql.json(policy)}, now())`;
  const email = { kind: 'resend', apiKey: built.resendKey, baseUrl: vendorUrl, webhookSecret: built.webhookSecret, from: 'Lutin <bonjour@lutin.test>' };
  const sms = { kind: 'twilio', accountSid: built.accountSid, authToken: built.authToken, from: '+33639980000', baseUrl: vendorUrl };
  const whatsapp = { ...sms, accountSid: `AC${hex(16)}`, authToken: hex(16), from: '+33639980009' };
  await sql`insert into provider_accounts (id, workspace_id, channel, config) values (${emailAccountId}, ${id}, 'email', ${sql.json(email)}), (${smsAccountId}, ${id}, 'sms', ${sql.json(sms)}), (${whatsappAccountId}, ${id}, 'whatsapp', ${sql.json(whatsapp)})`;
  await sql`insert into webhook_endpoints (id, workspace_id, account_id) values (${emailEndpointId}, ${id}, ${emailAccountId}), (${smsEndpointId}, ${id}, ${smsAccountId}), (${whatsappEndpointId}, ${id}, ${whatsappAccountId})`;
  await sql`insert into vendor_accounts (id, workspace_id, vendor, credential, signing_secret, webhook_url) values
    (${emailAccountId}, ${id}, 'resend', ${built.resendKey}, ${built.webhookSecret}, ${`${publicUrl}/api/webhooks/resend/${emailEndpointId}`}),
    (${smsAccountId}, ${id}, 'twilio', ${built.accountSid}, ${built.authToken}, ${`${publicUrl}/api/webhooks/twilio/${smsEndpointId}`}),
    (${whatsappAccountId}, ${id}, 'twilio', ${whatsapp.accountSid}, ${whatsapp.authToken}, ${`${publicUrl}/api/webhooks/twilio/${whatsappEndpointId}`})`;
  return built;
}

/** A customer with a head, and with what is given of addresses and consents. */
export async function buildCustomer(
  sql: postgres.Sql, workspaceId: string, input: { email?: string; phone?: string; profile?: Record<string, string>; consents?: Channel[] } = {},
): Promise<string> {
  const id = v7();
  const { email, phone, profile = {}, consents = [...CHANNELS] } = input;
  await sql`insert into customers (id, workspace_id, profile, created_at) values (${id}, ${workspaceId}, ${sql.json(profile)}, now())`;
  await sql`insert into heads (customer_id, workspace_id) values (${id}, ${workspaceId})`;
  for (const [kind, value] of [['email', email], ['phone', phone]] as const) {
    if (value) await sql`insert into customer_identifiers (workspace_id, kind, value, customer_id, source, created_at) values (${workspaceId}, ${kind}, ${value}, ${id}, 'test', now())`;
  }
  for (const channel of consents) {
    await sql`insert into consents (id, workspace_id, customer_id, purpose, channel, state, source, at) values (${v7()}, ${workspaceId}, ${id}, 'marketing', ${channel}, 'granted', 'till', '2020-01-01T00:00:00Z')`;
  }
  return id;
}

export type MessageInput = {
  customerId: string; templateId: string | null; channel?: Channel; category?: string; priority?: number; dueAt?: string; expiresAt?: string | null;
  whenCapped?: Record<string, string | number>; variables?: Record<string, string>; reserve?: boolean;
};

/** Messages as a burst leaves them: the row, its place in the outbox and its reservation. Answers their ids. */
export async function buildMessages(sql: postgres.Sql, workspaceId: string, inputs: MessageInput[]): Promise<string[]> {
  const [clock] = await sql<{ now: Date }[]>`select workspace_now(${workspaceId}) as now`;
  const [stored] = await sql<{ policy: PressurePolicy }[]>`select policy from pressure_policies where workspace_id = ${workspaceId}`;
  const policy = stored?.policy ?? DEFAULT_PRESSURE_POLICY;
  const now = clock!.now.toISOString();
  const built = inputs.map((input) => {
    const { customerId, templateId, channel = 'email', category = 'information', dueAt = now, expiresAt = null, whenCapped = { kind: 'skip' }, variables = {}, reserve = true } = input;
    const id = v7();
    const key = `${id}:send:1`;
    const nature = findCategory(policy, category)!;
    const priority = input.priority ?? nature.priority;
    const entry: LedgerEntry = {
      messageKey: key, messageId: id, channel, category, sender: 'Lutin', weight: nature.weight, counts: capSwitches(nature).counts, at: Date.parse(dueAt), state: 'reserved', priority, rank: nature.rank,
      dueAt: Date.parse(dueAt), journeyId: '', entryKey: '', nodeId: 'send', visit: 1, label: 'test',
    };
    return {
      id, reserves: reserve && entry.counts,
      message: {
        id, workspace_id: workspaceId, key, customer_id: customerId, entry_key: '', node_id: 'send', visit: 1, channel, category, template_id: templateId, status: 'queued', status_at: now, planned_at: now,
        due_at: dueAt, expires_at: expiresAt, when_capped: whenCapped, context: { variables },
      },
      outbox: { message_id: id, workspace_id: workspaceId, customer_id: customerId, channel, priority, not_before: dueAt, expires_at: expiresAt, state: 'queued', attempts: 0 },
      pressure: { message_key: key, workspace_id: workspaceId, customer_id: customerId, entry, at: dueAt, state: 'reserved' },
    };
  });
  await sql.begin(async (transaction) => {
    await insertRows(transaction, 'messages', built.map(({ message }) => message));
    await insertRows(transaction, 'outbox', built.map(({ outbox }) => outbox));
    await insertRows(transaction, 'pressure_entries', built.filter(({ reserves }) => reserves).map(({ pressure }) => pressure));
  });
  return built.map(({ id }) => id);
}

/** A published journey: one immutable version, live at once. Answers the ids. */
export async function publishJourney(sql: postgres.Sql, workspaceId: string, definition: Record<string, unknown> & { key: string }): Promise<{ journeyId: string; versionId: string }> {
  const [journeyId, versionId] = [v7(), v7()];
  const journey = { formatVersion: 1, name: definition.key, ...definition };
  await sql.begin(async (transaction) => {
    await transaction`insert into journeys (id, workspace_id, key, name, status, draft, live_version_id, created_at, updated_at)
      values (${journeyId}, ${workspaceId}, ${definition.key}, ${journey.name}, 'live', ${sql.json(journey as never)}, ${versionId}, now(), now())`;
    await transaction`insert into journey_versions (id, workspace_id, journey_id, number, definition, published_at, published_by)
      values (${versionId}, ${workspaceId}, ${journeyId}, 1, ${sql.json(journey as never)}, now(), 'test')`;
    await transaction`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspaceId}`;
  });
  return { journeyId, versionId };
}

/** A points programme that gives one point per euro. */
export async function addProgramme(sql: postgres.Sql, workspaceId: string): Promise<void> {
  const definition = { key: 'points', name: { en: 'Points', fr: 'Points' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100, eligible: 'total' }, bonuses: [] }, rewards: [{ key: 'ten-euros', name: { en: 'Ten euros' }, costPoints: 100, offerKey: 'ten' }] };
  await sql`insert into programmes (id, workspace_id, key, definition, updated_at) values (${v7()}, ${workspaceId}, 'points', ${sql.json(definition)}, now())`;
  await sql`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspaceId}`;
}
