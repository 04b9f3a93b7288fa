/**
 * Stage 4, first half: picks what is due by priority without locking, locks the heads in id order, reads again, asks the domain whether each
 * message may still leave, writes the answer and commits. What it returns is `sending` under a lease and must be handed over or requeued.
 */
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { CHANNEL_FACTS, CHANNELS, isChannel, type Channel } from '#domain/customers/channels.ts';
import { findAvailableProducts, findLineProducts } from '#db/queries/products.ts';
import { loadMessages, type MessageRow } from '#db/queries/messages.ts';
import { findLatestVersions, type TemplateVersion } from '#db/queries/templates.ts';
import { productSkusIn, type CatalogueProduct, type Money } from '#domain/messages/show-products.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import { skusOf, type LineProducts } from '#domain/messages/name-lines.ts';
import { decideLeaving } from '#domain/messages/decide-leaving.ts';
import type { StoreSenders } from '#domain/messages/choose-sender.ts';
import type { CustomerNow } from '#domain/messages/may-still-send.ts';
import type { Instant } from '#domain/shared/time.ts';
import { loadVerifiedDomains } from '#engine/commands/put-store-sender.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { loadAddresses, withPostal, type Addresses } from '#engine/burst/load-addresses.ts';
import { loadFacts } from '#engine/burst/load-facts.ts';
import { restPaused } from '#engine/dispatch/rest-paused.ts';
import { writeVerdicts, type Decided } from '#engine/dispatch/write-verdicts.ts';
import type { Engine } from '#engine/engine.ts';
import { loadDevices, type Device } from '#engine/push-subscriptions.ts';
import { loadWorkspace, type LoadedWorkspace } from '#engine/load-workspace.ts';

export type VoucherInHand = { offerKey: string; code: string | null; validUntil: Instant | null };

/** A message that is ours to hand over, with the facts of this instant (§7.6). `attempts` is the fence: who claims next has another. */
export type ClaimedMessage = {
  row: MessageRow;
  attempts: number;
  address: string;
  transactional: boolean;
  facts: Pick<CustomerFacts, 'profile' | 'zone' | 'balances'> & { vouchers: VoucherInHand[]; lineProducts: LineProducts; products: CatalogueProduct[]; money: Money; devices: Device[]; /** What the customer's store says of itself. */ senders: StoreSenders | undefined; /** In whose name it may write; null in a sandbox. */ verifiedDomains: ReadonlySet<string> | null; brand: string; language: string; now: Instant };
  template: TemplateVersion | null;
};

type OutboxRow = { message_id: string; customer_id: string; priority: number; attempts: number };
type Picked = { row: MessageRow; outbox: OutboxRow };

/**
 * Claims up to `limit` messages of a channel. `looked` counts the rows picked, whatever became of them: 0 means that nothing is due.
 * `refusal` suppresses them all with that reason.
 */
export async function claimMessages(
  engine: Engine, workspaceId: string, { channel, limit, refusal = null }: { channel: Channel; limit: number; refusal?: string | null },
): Promise<{ looked: number; claimed: ClaimedMessage[] }> {
  const picked = await inWorkspace(engine.database, workspaceId, (transaction) => transaction<{ message_id: string; customer_id: string }[]>`
    select message_id, customer_id from outbox
     where workspace_id = ${workspaceId} and channel = ${channel} and state <> 'sending' and not_before <= workspace_now(${workspaceId})
       and (retry_at is null or retry_at <= clock_timestamp()) ${afterTheirTurn(transaction, workspaceId, channel)}
     order by priority desc, not_before, message_id limit ${limit}`);
  if (picked.length === 0) return { looked: 0, claimed: [] };
  const { claimed, events } = await inWorkspace(engine.database, workspaceId, (transaction) => claimPicked(transaction, workspaceId, picked, { channel, refusal }));
  if (events > 0) engine.hintRouters();
  return { looked: picked.length, claimed };
}

/**
 * While a test clock stands, an instant has an order, so that every jump gives the same rows and the simulator can tell them: first whatever can
 * happen to a customer happens, then their messages leave, channel after channel.
 */
const afterTheirTurn = (transaction: Transaction, workspaceId: string, channel: Channel) => transaction`
  and not exists (select from clocks c where c.workspace_id = ${workspaceId} and c.stands_at is not null and (
    exists (select from heads h where h.customer_id = outbox.customer_id and h.pending_since is not null)
    or exists (select from enrollments e join journeys j on j.id = e.journey_id
      where e.customer_id = outbox.customer_id and e.ended_at is null and e.wake_at <= c.stands_at and j.status = 'live')
    or exists (select from alarms a join journeys j on j.id = a.journey_id where a.customer_id = outbox.customer_id and a.due_at <= c.stands_at and j.status = 'live')
    or exists (select from outbox o where o.customer_id = outbox.customer_id and o.message_id <> outbox.message_id
      and (o.state = 'sending' or (o.channel = any(${CHANNELS.slice(0, CHANNELS.indexOf(channel))}::text[]) and o.not_before <= c.stands_at and coalesce(o.held_by, '') not in ('account', 'paused', 'late'))))))`;

async function claimPicked(
  transaction: Transaction, workspaceId: string, picked: { message_id: string; customer_id: string }[], { channel, refusal }: { channel: Channel; refusal: string | null },
): Promise<{ claimed: ClaimedMessage[]; events: number }> {
  const customerIds = [...new Set(picked.map((row) => row.customer_id))];
  await lockHeads(transaction, customerIds);
  const now = await readNow(transaction, workspaceId);
  const outbox = await transaction<OutboxRow[]>`
    select message_id, customer_id, priority, attempts from outbox
     where message_id = any(${picked.map((row) => row.message_id)}::uuid[]) and customer_id = any(${customerIds}) and channel = ${channel} and state <> 'sending'
       and not_before <= workspace_now(${workspaceId}) and (retry_at is null or retry_at <= clock_timestamp())`;
  if (outbox.length === 0) return { claimed: [], events: 0 };
  const workspace = await loadWorkspace(transaction, workspaceId);
  const resting = await restPaused(transaction, outbox.map((row) => row.message_id), now);
  const rows = await loadMessages(transaction, outbox.map((row) => row.message_id));
  const facts = await loadFacts(transaction, workspace, [], customerIds, new Map(), now);
  const addresses = await loadAddresses(transaction, customerIds);
  for (const { customerId, profile } of facts.values()) withPostal(addresses, customerId, profile, workspace.rules.country);
  const mine = outbox.flatMap((line): Picked[] => {
    const row = resting.has(line.message_id) ? undefined : rows.get(line.message_id);
    return row ? [{ row, outbox: line }] : [];
  });
  const decided = decideAll(workspace, mine, facts, addresses, now, refusal, await loadWithdrawals(transaction, mine));
  const events = await writeVerdicts(transaction, workspace, decided, now);
  return { claimed: await takeFacts(transaction, workspace, decided, facts, now), events };
}

/** The domain decides, customer by customer and each in the order of §5.7. */
function decideAll(
  workspace: LoadedWorkspace, picked: Picked[], facts: Map<string, CustomerFacts>, addresses: Addresses, now: Instant, refusal: string | null,
  withdrawals: Map<string, string>,
): Decided[] {
  const due = picked.map(({ row, outbox }) => ({
    row, attempts: outbox.attempts, customerId: row.customerId, status: row.status, reason: row.reason, withdrawnBy: withdrawals.get(row.enrollmentId ?? '') ?? null,
    id: row.id, key: row.key, channel: row.channel, category: row.category, priority: outbox.priority, dueAt: row.dueAt, expiresAt: row.expiresAt, whenCapped: row.whenCapped,
    journeyId: row.journeyId ?? '', entryKey: row.entryKey ?? '', nodeId: row.nodeId ?? '', visit: row.visit ?? 1, label: row.journeyName ?? row.category,
  }));
  const byChannel = new Map(picked.flatMap(({ row }) => {
    const mine = facts.get(row.customerId);
    return mine ? [[row.customerId, customerNow(workspace, row.channel, mine, addresses)] as const] : [];
  }));
  return decideLeaving(due, byChannel, workspace.rules, now, refusal).map(({ message: { row, attempts }, verdict }) => ({ row, attempts, verdict }));
}

function customerNow(workspace: LoadedWorkspace, channel: string, facts: CustomerFacts, addresses: Addresses): CustomerNow {
  const reachable = facts.reachable[channel] ?? { ok: false, reason: 'noAddress' };
  const address = isChannel(channel) ? addresses.get(facts.customerId)?.[CHANNEL_FACTS[channel].address] : undefined;
  return {
    customerId: facts.customerId, address: !reachable.ok ? reachable : !address ? { ok: false, reason: 'noAddress' } : { ok: true, address, ...(reachable.refusedAt !== undefined && { refusedAt: reachable.refusedAt }) },
    consents: facts.consents, lastPurchaseAt: facts.figures.lastPurchaseAt, country: facts.profile.country ?? workspace.rules.country, zone: facts.zone, ledger: facts.pressure,
  };
}

/**
 * Enrollments that ended otherwise than completed while a message of theirs was with a vendor who gave it back, and those of a stopped journey that have
 * not ended yet: nothing more leaves for them, transactional messages excepted (§2.6, §8.5).
 */
async function loadWithdrawals(transaction: Transaction, picked: Picked[]): Promise<Map<string, string>> {
  const ids = [...new Set(picked.flatMap(({ row }) => row.enrollmentId ?? []))];
  const rows = await transaction<{ id: string; ending: string }[]>`
    select e.id, coalesce(e.ending, 'stopped') as ending from enrollments e join journeys j on j.id = e.journey_id
     where e.id = any(${ids}::uuid[]) and case when e.ended_at is null then j.status = 'stopped' else e.ending <> 'completed' end`;
  return new Map(rows.map((row) => [row.id, row.ending]));
}

async function takeFacts(transaction: Transaction, { id: workspaceId, rules }: LoadedWorkspace, decided: Decided[], facts: Map<string, CustomerFacts>, now: Instant): Promise<ClaimedMessage[]> {
  const leaving = decided.flatMap(({ row, attempts, verdict }) => (verdict.kind === 'send' ? [{ row, attempts: attempts + 1, verdict }] : []));
  if (leaving.length === 0) return [];
  const templates = await findLatestVersions(transaction, [...new Set(leaving.flatMap(({ row }) => row.templateId ?? []))]);
  const [workspace] = await transaction<{ brand: string; language: string; currency: string; currencyExponent: number }[]>`select brand, language, currency, currency_exponent as "currencyExponent" from workspaces where id = ${workspaceId}`;
  const vouchers = await transaction<{ customer_id: string; offerKey: string; code: string; valid_until: Date | null }[]>`
    select v.customer_id, o.key as "offerKey", v.code, v.valid_until from vouchers v join offers o on o.id = v.offer_id
     where v.customer_id = any(${leaving.map(({ row }) => row.customerId)}) and v.status = 'issued' order by v.issued_at, v.id`;
  const lineProducts = await findLineProducts(transaction, workspaceId, skusOf(leaving.map(({ row }) => row.context.event)));
  const named = new Map([...templates].map(([id, { content }]) => [id, productSkusIn(content.compiled)]));
  const products = await findAvailableProducts(transaction, workspaceId, [...new Set([...named.values()].flat())]);
  const verifiedDomains = await loadVerifiedDomains(transaction, workspaceId);
  const devices = await loadDevices(transaction, leaving.flatMap(({ row }) => (row.channel === 'push' ? [row.customerId] : [])));
  return leaving.flatMap(({ row, attempts, verdict }): ClaimedMessage[] => {
    const mine = facts.get(row.customerId);
    if (!mine || !workspace) return [];
    const issued = vouchers.filter((voucher) => voucher.customer_id === row.customerId).map(({ offerKey, code, valid_until }) => ({ offerKey, code, validUntil: valid_until?.getTime() ?? null }));
    return [{
      row, attempts, address: verdict.address, transactional: verdict.transactional,
      facts: { profile: mine.profile, zone: mine.zone, balances: mine.balances, vouchers: [...row.context.vouchers, ...issued], lineProducts, products, money: workspace, devices: devices.get(row.customerId) ?? [], senders: rules.storeSenders?.[mine.profile.storeId ?? ''], verifiedDomains, brand: workspace.brand, language: workspace.language, now },
      template: row.templateId ? (templates.get(row.templateId) ?? null) : null,
    }];
  });
}
