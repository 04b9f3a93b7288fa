/** The browsers in which customers take notifications: kept with the consent that subscribing is, ended when a push service says so. */
import { randomBytes } from 'node:crypto';
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { MOST_SUBSCRIPTIONS, type PushSubscription } from '#domain/customers/push-subscription.ts';
import { SIMULATED_BROWSERS } from '#domain/messages/simulated-vendor.ts';
import { cutText } from '#domain/shared/cut-text.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { openAccount, sealAccount } from '#engine/account-keys.ts';
import { applyConsents } from '#engine/apply-consent.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { WebPushAccount } from '#providers/account.ts';
import { simulateBrowser } from '#providers/vendor-server/simulated-browser.ts';
import { newPushKeys } from '#providers/web-push.ts';

export type Device = { id: string; endpoint: string; p256dh: string; auth: string };

/** Live browsers by customer, oldest first. */
export async function loadDevices(transaction: Transaction, customerIds: string[]): Promise<Map<string, Device[]>> {
  const rows = await transaction<(Device & { customerId: string })[]>`
    select id, endpoint, p256dh, auth, customer_id as "customerId" from push_subscriptions where customer_id = any(${customerIds}::uuid[]) and gone_at is null order by customer_id, id`;
  const devices = new Map<string, Device[]>();
  for (const { customerId, ...device } of rows) devices.set(customerId, [...(devices.get(customerId) ?? []), device]);
  return devices;
}

const MADE_UP = new RegExp(`/push/((?:${SIMULATED_BROWSERS.join('|')})-[0-9a-f]+)$`);
/** How the push service of a browser that a sandbox made up behaves, which the beginning of its name says; that of a real one takes what it is given. */
export const browserName = (endpoint: string): string => MADE_UP.exec(endpoint)?.[1] ?? 'kept';

/** What a push service calls gone is asked no more. The caller holds the heads. */
export async function endSubscriptions(transaction: Transaction, ids: string[], now: Instant): Promise<void> {
  if (ids.length > 0) await transaction`update push_subscriptions set gone_at = coalesce(gone_at, ${formatInstant(now)}::text::timestamptz) where id = any(${ids}::uuid[])`;
}

/**
 * The workspace's own keys at push services, made when they are first asked for: no vendor gives them, and browsers trust them from then on. A sandbox's account is at the
 * simulated push service beside its other vendors.
 */
export async function pushAccount(engine: Pick<Engine, 'publicUrl' | 'secret' | 'formerSecret'>, transaction: Transaction, workspaceId: string): Promise<WebPushAccount> {
  await transaction`select pg_advisory_xact_lock(hashtextextended(${`push ${workspaceId}`}, 0))`;
  const [kept] = await transaction<{ config: unknown; sealed: Buffer | null }[]>`select config, sealed from provider_accounts where workspace_id = ${workspaceId} and channel = 'push'`;
  if (kept) return WebPushAccount.parse(openAccount(engine, workspaceId, 'push', kept));
  const [workspace] = await transaction<{ kind: string; baseUrl: string | null }[]>`
    select w.kind, (select a.config ->> 'baseUrl' from provider_accounts a where a.workspace_id = w.id and a.channel in ('sms', 'email') and a.config ? 'baseUrl' order by a.channel desc limit 1) as "baseUrl" from workspaces w where w.id = ${workspaceId}`;
  const isSandbox = workspace?.kind === 'sandbox';
  if (isSandbox && workspace.baseUrl === null) throw new PermanentError('push.noVendor', 'This sandbox has no simulated vendors.');
  const account: WebPushAccount = {
    kind: 'webpush', ...newPushKeys(), subject: engine.publicUrl.startsWith('https:') ? engine.publicUrl : 'mailto:push@parcours.invalid', ...(isSandbox && workspace.baseUrl !== null && { baseUrl: workspace.baseUrl }),
  };
  const { config, sealed } = sealAccount(engine.secret, workspaceId, 'push', account);
  await transaction`insert into provider_accounts (id, workspace_id, channel, config, sealed) values (${newId()}, ${workspaceId}, 'push', ${transaction.json(config as JSONValue)}, ${sealed})`;
  if (isSandbox) {
    await transaction`insert into vendor_accounts (id, workspace_id, vendor, credential, signing_secret, webhook_url) values (${newId()}, ${workspaceId}, 'webpush', ${account.publicKey}, ${account.privateKey}, ${engine.publicUrl})`;
  }
  return account;
}

export type Subscribing = { customerId: string; browser: PushSubscription | { simulated: string }; userAgent: string | null; source: string; wordingVersion: string; proof?: Record<string, unknown> };

/**
 * Keeps a browser, and that the customer agrees to notifications. A browser that is known already is theirs from now on; whose it was before, and until when, stays known.
 * A sandbox takes made-up browsers only, a live workspace real ones only. Answers its id and how many events were kept.
 */
export async function subscribe(engine: Engine, transaction: Transaction, workspaceId: string, { customerId, browser, userAgent, source, wordingVersion, proof }: Subscribing): Promise<{ id: string; events: number }> {
  const [before] = 'endpoint' in browser ? await transaction<{ customerId: string }[]>`select customer_id as "customerId" from push_subscriptions where workspace_id = ${workspaceId} and endpoint = ${browser.endpoint} and gone_at is null` : [];
  if (!(await lockHeads(transaction, [...new Set([customerId, before?.customerId ?? customerId])])).some((head) => head.customer_id === customerId)) throw new PermanentError('customer.unknown', 'There is no such customer.');
  const account = await pushAccount(engine, transaction, workspaceId);
  if ('simulated' in browser !== (account.baseUrl !== undefined)) throw new PermanentError('push.otherWorld', 'A sandbox takes made-up browsers only, and a live workspace real ones only.');
  const { endpoint, keys } = 'simulated' in browser && account.baseUrl !== undefined ? simulateBrowser({ privateKey: account.privateKey, baseUrl: account.baseUrl }, `${browser.simulated}-${randomBytes(9).toString('hex')}`) : (browser as PushSubscription);
  const now = await readNow(transaction, workspaceId);
  const at = formatInstant(now);
  await transaction`update push_subscriptions set gone_at = ${at}::text::timestamptz where workspace_id = ${workspaceId} and endpoint = ${endpoint} and gone_at is null and customer_id <> ${customerId}`;
  const [row] = await transaction<{ id: string }[]>`
    insert into push_subscriptions (id, workspace_id, customer_id, endpoint, p256dh, auth, user_agent, created_at, seen_at)
    values (${newId()}, ${workspaceId}, ${customerId}, ${endpoint}, ${keys.p256dh}, ${keys.auth}, ${userAgent === null ? null : cutText(userAgent, 300)}, ${at}::text::timestamptz, ${at}::text::timestamptz)
    on conflict (workspace_id, endpoint) where gone_at is null do update set p256dh = excluded.p256dh, auth = excluded.auth, user_agent = excluded.user_agent, seen_at = excluded.seen_at returning id`;
  await transaction`
    update push_subscriptions set gone_at = ${at}::text::timestamptz where customer_id = ${customerId} and gone_at is null
       and id not in (select id from push_subscriptions where customer_id = ${customerId} and gone_at is null order by seen_at desc, id desc limit ${MOST_SUBSCRIPTIONS})`;
  const events = await applyConsents(transaction, workspaceId, [{ customerId, purpose: 'marketing', channel: 'push', state: 'granted', source, wordingVersion, at: now, proof: { ...proof, subscriptionId: row?.id } }]);
  return { id: row?.id ?? '', events };
}

/** Takes a browser away by its id or by its own address; false when the customer has none such. */
export async function unsubscribe(transaction: Transaction, workspaceId: string, customerId: string, which: { id: string } | { endpoint: string }): Promise<boolean> {
  if ((await lockHeads(transaction, [customerId])).length === 0) return false;
  const now = await readNow(transaction, workspaceId);
  const gone = await transaction`
    update push_subscriptions set gone_at = ${formatInstant(now)}::text::timestamptz where customer_id = ${customerId} and gone_at is null
       and ${'id' in which ? transaction`id = ${which.id}` : transaction`endpoint = ${which.endpoint}`} returning 1`;
  return gone.length > 0;
}
