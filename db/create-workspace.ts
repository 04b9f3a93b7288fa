/** Makes a workspace with all that it needs to run: its clock, the default pressure policy and its accounts: in a sandbox at the simulated vendors, live with the installation's keys. */
import { randomBytes } from 'node:crypto';
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { inWorkspace, type Database, type Transaction } from '#db/connection.ts';
import { VENDOR_CHANNELS } from '#domain/customers/channels.ts';
import { CountryCode, LanguageTag } from '#domain/customers/profile.ts';
import { defaultPressurePolicyIn } from '#domain/pressure/default-policy.ts';
import { formatInstant, isTimeZone, type Instant } from '#domain/shared/time.ts';

export const NewWorkspace = z.strictObject({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'use lower-case letters, digits and hyphens'),
  name: z.string().min(1).max(120),
  brand: z.string().min(1).max(120),
  kind: z.enum(['live', 'sandbox']),
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is an ISO 4217 code such as EUR'),
  currencyExponent: z.number().int().min(0).max(4).default(2),
  timeZone: z.string().refine(isTimeZone, 'a time zone is named as in the IANA list, such as Europe/Paris'),
  country: CountryCode,
  language: LanguageTag,
  settings: z.record(z.string(), z.unknown()).default({}),
});
/**
 * `clockOffsetMs` sets a sandbox's clock ahead of the real time (or, negative, behind it); `standsAt` leaves it standing at an instant instead.
 * `publicUrl` and `vendorServerUrl` are where this installation and its simulated vendors are reached; both are needed by a sandbox that sends.
 */
export type NewWorkspaceInput = z.input<typeof NewWorkspace> & { clockOffsetMs?: number; standsAt?: Instant; publicUrl?: string; vendorServerUrl?: string; /** The live workspace that a sandbox tries things for. */ liveId?: string };

/** Answers the new workspace's id. A slug that is taken makes the database refuse it (unique violation). */
export async function createWorkspace(database: Database, input: NewWorkspaceInput): Promise<string> {
  const id = newId();
  await inWorkspace(database, id, (transaction) => insertWorkspace(transaction, id, input));
  return id;
}

/** The same within a transaction that stands in the new workspace already. */
export async function insertWorkspace(transaction: Transaction, id: string, input: NewWorkspaceInput): Promise<void> {
  const { clockOffsetMs = 0, standsAt, publicUrl, vendorServerUrl, liveId = null, ...rest } = input;
  const workspace = NewWorkspace.parse(rest);
  await transaction`
    insert into workspaces (id, brand, name, slug, kind, currency, currency_exponent, time_zone, country, language, settings, live_id)
    values (${id}, ${workspace.brand}, ${workspace.name}, ${workspace.slug}, ${workspace.kind}, ${workspace.currency}, ${workspace.currencyExponent},
            ${workspace.timeZone}, ${workspace.country}, ${workspace.language}, ${transaction.json(workspace.settings as JSONValue)}, ${liveId})`;
  if (workspace.kind === 'sandbox') {
    await transaction`insert into clocks (workspace_id, offset_ms, stands_at) values (${id}, ${clockOffsetMs}, ${standsAt === undefined ? null : formatInstant(standsAt)}::text::timestamptz)`;
  }
  await transaction`
    insert into pressure_policies (workspace_id, revision, policy, updated_at) values (${id}, 1, ${transaction.json(defaultPressurePolicyIn(workspace.language))}, workspace_now(${id}))`;
  if (workspace.kind === 'live') await openEnvironmentAccounts(transaction, id);
  if (workspace.kind === 'sandbox' && publicUrl && vendorServerUrl) await openSimulatedAccounts(transaction, id, workspace.brand, { publicUrl, vendorServerUrl });
}

/** One account per channel that stands for the installation's keys, until the workspace puts its own; vendors call back under its endpoints. */
async function openEnvironmentAccounts(transaction: Transaction, workspaceId: string): Promise<void> {
  for (const channel of VENDOR_CHANNELS) {
    const accountId = newId();
    await transaction`insert into provider_accounts (id, workspace_id, channel, config) values (${accountId}, ${workspaceId}, ${channel}, ${transaction.json({ kind: 'environment' })})`;
    await transaction`insert into webhook_endpoints (id, workspace_id, account_id) values (${newId()}, ${workspaceId}, ${accountId})`;
  }
}

/** One account per channel at the simulated vendors, with keys of its own; the vendors call back under the endpoint's address. */
async function openSimulatedAccounts(transaction: Transaction, workspaceId: string, brand: string, urls: { publicUrl: string; vendorServerUrl: string }): Promise<void> {
  const sender = brand.replace(/[^\p{L}\p{N} ]/gu, '').trim() || 'Parcours';
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  const apiKey = `re_${randomBytes(16).toString('hex')}`;
  const twilio = (channel: string, from: string) => {
    const accountSid = `AC${randomBytes(16).toString('hex')}`;
    const authToken = randomBytes(16).toString('hex');
    return { channel, vendor: 'twilio', credential: accountSid, signingSecret: authToken, config: { kind: 'twilio', accountSid, authToken, from, baseUrl: urls.vendorServerUrl } };
  };
  const accounts = [
    { channel: 'email', vendor: 'resend', credential: apiKey, signingSecret: webhookSecret, config: { kind: 'resend', apiKey, baseUrl: urls.vendorServerUrl, webhookSecret, from: `${sender} <hello@sandbox.parcours.test>` } },
    twilio('sms', '+33700000000'),
    twilio('whatsapp', '+33700000001'),
  ];
  for (const { channel, vendor, credential, signingSecret, config } of accounts) {
    const accountId = newId();
    const endpointId = newId();
    await transaction`insert into provider_accounts (id, workspace_id, channel, config) values (${accountId}, ${workspaceId}, ${channel}, ${transaction.json(config)})`;
    await transaction`insert into webhook_endpoints (id, workspace_id, account_id) values (${endpointId}, ${workspaceId}, ${accountId})`;
    await transaction`
      insert into vendor_accounts (id, workspace_id, vendor, credential, signing_secret, webhook_url)
      values (${newId()}, ${workspaceId}, ${vendor}, ${credential}, ${signingSecret}, ${`${urls.publicUrl}/api/webhooks/${vendor}/${endpointId}`})`;
  }
}
