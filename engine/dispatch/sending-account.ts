/**
 * The account through which a workspace speaks on a channel: its vendor's key and sender (its own, or the installation's), where its webhooks arrive, and how fast it may
 * go. A sandbox speaks to simulated vendors only; one whose account would reach a real vendor is refused.
 */
import { isHouseChannel, type Channel } from '#domain/customers/channels.ts';
import type { Transaction } from '#db/connection.ts';
import { z } from 'zod';
import { openAccount } from '#engine/account-keys.ts';
import type { Engine } from '#engine/engine.ts';
import { accountOf, reachesOutside, type EmailAccount, type TwilioAccount, type WebPushAccount } from '#providers/account.ts';

const Rate = z.object({
  /** What the operator allows, or the vendor stated last: calls per second. */
  perSecond: z.number().positive().optional(),
  /** Machine time before which nothing is asked of this account. */
  blockedUntil: z.number().optional(),
}).catch({});

type Common = { id: string; endpointId: string | null; perSecond: number; blockedUntil: number };
export type SendingAccount = (Common & { channel: 'email'; config: EmailAccount }) | (Common & { channel: 'sms' | 'whatsapp'; config: TwilioAccount }) | (Common & { channel: 'push'; config: WebPushAccount }) | (Common & { channel: 'letter' | 'call'; config: { kind: 'house' } });
export type AccountAnswer = { kind: 'ready'; account: SendingAccount } | { kind: 'missing' } | { kind: 'refused'; code: string };

/** Calls per second when neither the operator nor the vendor has said one: Resend's default for a team, a long code's one segment, a modest relay. */
const DEFAULT_PER_SECOND = { resend: 2, twilio: 1, smtp: 5, webpush: 100 } as const;
/** An account that says nowhere else is reached where the installation reaches its vendor. */
function throughGateway<T extends EmailAccount | TwilioAccount | WebPushAccount>(account: T, { resend, twilio }: NonNullable<Engine['vendorBaseUrls']>): T {
  const baseUrl = account.kind === 'resend' ? resend : account.kind === 'twilio' ? twilio : undefined;
  return baseUrl === undefined ? account : { baseUrl, ...account };
}

/** The account of a channel, `missing` when there is none, it does not parse, its keys do not open, or it stands for keys that the environment lacks; `refused` when a sandbox's account is not a simulated vendor's. */
export async function loadAccount(engine: Engine, transaction: Transaction, workspaceId: string, channel: Channel): Promise<AccountAnswer> {
  // Letters and calls need no keys: the people of the house take them.
  if (isHouseChannel(channel)) return { kind: 'ready', account: { id: workspaceId, endpointId: null, perSecond: Infinity, blockedUntil: 0, channel, config: { kind: 'house' } } };
  const [row] = await transaction<{ id: string; config: unknown; sealed: Buffer | null; rate: unknown; kind: 'live' | 'sandbox'; endpointId: string | null }[]>`
    select a.id, a.config, a.sealed, a.rate, w.kind, (select e.id from webhook_endpoints e where e.account_id = a.id order by e.id limit 1) as "endpointId"
      from provider_accounts a join workspaces w on w.id = a.workspace_id where a.workspace_id = ${workspaceId} and a.channel = ${channel}`;
  if (!row) return { kind: 'missing' };
  const own = accountOf(channel, openAccount(engine, workspaceId, channel, row), engine.vendorAccounts);
  // Without an address for callbacks an ambiguous message would never be settled (§7.4).
  if (own === null || (own.kind === 'twilio' && row.endpointId === null)) return { kind: 'missing' };
  if (row.kind === 'sandbox' && reachesOutside(own)) return { kind: 'refused', code: 'sandbox.realVendor' };
  const config = throughGateway(own, engine.vendorBaseUrls ?? {});
  const rate = Rate.parse(row.rate);
  const common = {
    id: row.id, endpointId: row.endpointId, blockedUntil: rate.blockedUntil ?? 0,
    // Vendor rates are not waited for in a sandbox; a 429 is.
    perSecond: row.kind === 'sandbox' ? Infinity : (rate.perSecond ?? DEFAULT_PER_SECOND[config.kind]),
  };
  if (config.kind === 'webpush') return { kind: 'ready', account: { ...common, channel: 'push', config } };
  return { kind: 'ready', account: config.kind === 'twilio' ? { ...common, channel: channel === 'whatsapp' ? channel : 'sms', config } : { ...common, channel: 'email', config } };
}

/** Keeps that an account must rest until an instant of machine time; every dispatcher reads it before it picks. */
export async function blockAccount(transaction: Transaction, accountId: string, untilMs: number): Promise<void> {
  await transaction`
    update provider_accounts set rate = jsonb_set(rate, '{blockedUntil}', to_jsonb(greatest(coalesce((rate ->> 'blockedUntil')::float8, 0), ${untilMs}::float8))) where id = ${accountId}`;
}
