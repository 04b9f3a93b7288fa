/**
 * After a call: what the vendor said of each member is written under the heads, and what it did not say decides whether the batch is sent
 * again, put back, or left as unknown (§7.2, §7.3). A status never goes backwards, so a webhook that came first keeps what it wrote.
 */
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { loadMessages, type MessageRow } from '#db/queries/messages.ts';
import { laterStatus, type MessageStatus } from '#domain/messages/delivery-status.ts';
import type { Reason } from '#domain/messages/may-still-send.ts';
import { cutText } from '#domain/shared/cut-text.ts';
import { formatInstant, SECOND_MS, type Instant } from '#domain/shared/time.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { releaseReservations, reserveAgain, setEntryStates } from '#engine/pressure-ledger.ts';
import { blockAccount } from '#engine/dispatch/sending-account.ts';
import type { Engine } from '#engine/engine.ts';
import { noteMessages, type MessageNote } from '#engine/note-messages.ts';
import { endSubscriptions } from '#engine/push-subscriptions.ts';
import { stopAddress } from '#engine/stop-address.ts';
import type { BatchOutcome, MemberOutcome } from '#providers/ports.ts';

/** `repeats`: whether an ambiguous call may be made again: the vendor remembers the key, or every member prefers twice to never (§7.3). */
export type CalledBatch = { id: string; attempts: number; members: string[]; accountId: string; repeats: boolean };

const LONGEST_PAUSE_SECONDS = 300;
/** Resend remembers a key for 24 hours; past this nothing is repeated by itself (§7.2). */
const REPEATABLE = '23 hours';

/** Doubles with each attempt, half of it by chance, so that dispatchers do not return in step. Seconds of machine time. */
export const pauseSeconds = (attempts: number, atLeast = 0): number => Math.max(atLeast, Math.min(LONGEST_PAUSE_SECONDS, 2 ** attempts) * 0.5) * (1 + Math.random() * 0.5);

/** Records a call's outcome. Two that hold the same batch record one after the other; the later one finds it done. */
export async function recordOutcome(engine: Engine, workspaceId: string, batch: CalledBatch, outcome: BatchOutcome): Promise<void> {
  const events = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const { rows, now } = await lockMembers(transaction, workspaceId, batch.members);
    await endSubscriptions(transaction, outcome.gone ?? [], now);
    const [state] = await transaction<{ open: boolean; ours: boolean; stale: boolean }[]>`
      select state = 'sending' as open, attempts = ${batch.attempts} as ours, first_attempt_at < clock_timestamp() - ${REPEATABLE}::interval as stale from batches where id = ${batch.id} for update`;
    if (outcome.kind === 'answered') return recordAnswer(transaction, workspaceId, batch.id, rows, outcome.members, now);
    if (!state?.open || !state.ours) return 0;
    if (outcome.kind === 'ambiguous') {
      if (batch.repeats && !state.stale) return repeatLater(transaction, batch, pauseSeconds(batch.attempts));
      return recordUnknown(transaction, workspaceId, batch.id, rows, { code: 'vendor.noAnswer', figures: { reason: outcome.reason } }, now);
    }
    const seconds = outcome.kind === 'rateLimited' ? pauseSeconds(Math.min(batch.attempts, 3), outcome.retryAfterSeconds) : pauseSeconds(batch.attempts, 5);
    await blockAccount(transaction, batch.accountId, await machineTime(transaction, seconds));
    // The first call was certainly not taken; a repetition follows one that may have been, and must stay the same batch.
    if (batch.attempts > 1) return repeatLater(transaction, batch, seconds);
    return putBack(transaction, batch.id, rows, seconds, outcome.kind);
  });
  if (events > 0) engine.hintRouters();
}

/** What failed before any call, such as a template: only these messages are harmed (§7.6). */
export async function recordFailures(engine: Engine, workspaceId: string, failures: { row: MessageRow; attempts: number; reason: Reason }[]): Promise<void> {
  if (failures.length === 0) return;
  const events = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const { rows, now } = await lockMembers(transaction, workspaceId, failures.map(({ row }) => row.id));
    const held = await transaction<{ message_id: string }[]>`
      select o.message_id from outbox o join unnest(${failures.map(({ row }) => row.id)}::uuid[], ${failures.map(({ attempts }) => attempts)}::int[]) t(id, attempts)
          on o.message_id = t.id and o.attempts = t.attempts where o.state = 'sending' and o.batch_id is null`;
    const ours = new Set(held.map((line) => line.message_id));
    const endings = failures.flatMap(({ row, reason }) => {
      const current = rows.get(row.id);
      return current && ours.has(row.id) ? [{ row: current, status: 'failed' as const, reason, providerMessageId: null }] : [];
    });
    return writeEndings(transaction, workspaceId, endings, now);
  });
  if (events > 0) engine.hintRouters();
}

/** The members as they are now, with their customers' heads locked. */
export async function lockMembers(transaction: Transaction, workspaceId: string, members: string[]): Promise<{ rows: Map<string, MessageRow>; now: Instant }> {
  const owners = await transaction<{ customer_id: string }[]>`select distinct customer_id from messages where id = any(${members}::uuid[])`;
  await lockHeads(transaction, owners.map((owner) => owner.customer_id));
  return { rows: await loadMessages(transaction, members), now: await readNow(transaction, workspaceId) };
}

async function machineTime(transaction: Transaction, inSeconds: number): Promise<number> {
  const [row] = await transaction<{ now: Date }[]>`select clock_timestamp() as now`;
  return (row?.now.getTime() ?? 0) + inSeconds * SECOND_MS;
}

/** `sending`: it lies on a list of the house until somebody says what became of it. */
type Ending = { row: MessageRow; status: 'sending' | 'sent' | 'failed' | 'unknown'; reason: Reason | null; providerMessageId: string | null };

async function recordAnswer(transaction: Transaction, workspaceId: string, batchId: string, rows: Map<string, MessageRow>, members: MemberOutcome[], now: Instant): Promise<number> {
  await transaction`update batches set state = 'done' where id = ${batchId}`;
  const lines = await transaction<{ message_id: string }[]>`select message_id from outbox where message_id = any(${members.map((member) => member.messageId)}::uuid[]) and batch_id = ${batchId}`;
  const open = new Set(lines.map((line) => line.message_id));
  const endings = members.flatMap((member): Ending[] => {
    const row = rows.get(member.messageId);
    // Out of the outbox already: this answer was recorded before, or comes after we had given up on it.
    if (!row || (!open.has(row.id) && row.status !== 'unknown')) return [];
    if (member.kind === 'taken') return [{ row, status: 'sending', reason: null, providerMessageId: null }];
    return [member.kind === 'sent'
      ? { row, status: 'sent', reason: null, providerMessageId: member.providerMessageId }
      : { row, status: 'failed', reason: { code: 'vendor.refused', figures: { vendorCode: member.code, vendorReason: cutText(member.reason, 200) } }, providerMessageId: null }];
  });
  for (const member of members) {
    const row = rows.get(member.messageId);
    if (row && member.kind === 'refused') await stopAddress(transaction, workspaceId, row, member.code, now);
  }
  return writeEndings(transaction, workspaceId, endings, now);
}

export async function recordUnknown(transaction: Transaction, workspaceId: string, batchId: string, rows: Map<string, MessageRow>, reason: Reason, now: Instant): Promise<number> {
  await transaction`update batches set state = 'unknown' where id = ${batchId}`;
  return writeEndings(transaction, workspaceId, [...rows.values()].map((row) => ({ row, status: 'unknown', reason, providerMessageId: null })), now);
}

/** The caller holds the heads. What an early webhook said already stands; the row leaves the outbox in any case. */
async function writeEndings(transaction: Transaction, workspaceId: string, endings: Ending[], now: Instant): Promise<number> {
  if (endings.length === 0) return 0;
  const after = endings.map((ending) => ({ ...ending, next: laterStatus(ending.row.status, ending.status) }));
  await transaction`
    update messages m set status = t.status, status_at = case when m.status = t.status then m.status_at else ${formatInstant(now)}::text::timestamptz end,
           reason = case when m.status = t.status then m.reason else nullif(t.reason, 'null'::jsonb) end, provider_message_id = coalesce(m.provider_message_id, t.provider_message_id)
      from unnest(${after.map(({ row }) => row.id)}::uuid[], ${after.map(({ next }) => next)}::text[], ${after.map(({ reason }) => JSON.stringify(reason))}::text[]::jsonb[],
                  ${after.map(({ providerMessageId }) => providerMessageId)}::text[]) t(id, status, reason, provider_message_id)
     where m.id = t.id and m.id = any(${after.map(({ row }) => row.id)}::uuid[])`;
  await transaction`delete from outbox where message_id = any(${after.map(({ row }) => row.id)}::uuid[])`;
  const lines = (status: MessageStatus) => after.filter(({ next }) => next === status).map(({ row }) => ({ customerId: row.customerId, messageKey: row.key }));
  // What a vendor took and an early report calls failed was sent all the same, and goes on counting (§5.12).
  await releaseReservations(transaction, workspaceId, after.filter(({ status, next }) => status === 'failed' && next === 'failed').map(({ row }) => ({ customerId: row.customerId, messageKey: row.key })));
  await setEntryStates(transaction, lines('unknown'), 'unknown');
  await setEntryStates(transaction, [...lines('sent'), ...lines('sending')], 'handedOver');
  return noteMessages(transaction, workspaceId, after.flatMap(({ row, status, next, reason }): MessageNote[] => (
    status !== 'sending' && (status === 'sent' || next === status) ? [{ message: row, code: `message.${status}`, figures: reason ? { reason } : {}, at: now }] : [])));
}

async function repeatLater(transaction: Transaction, batch: CalledBatch, seconds: number): Promise<number> {
  await transaction`update batches set lease_until = clock_timestamp() + make_interval(secs => ${seconds}) where id = ${batch.id}`;
  return 0;
}

/** Nothing was handed over: the messages are queued again and checked again, the batch is over and its id never used again. */
async function putBack(transaction: Transaction, batchId: string, rows: Map<string, MessageRow>, seconds: number, heldBy: string): Promise<number> {
  await transaction`update batches set state = 'done' where id = ${batchId}`;
  await requeue(transaction, [...rows.values()], { seconds, heldBy });
  return 0;
}

/** Back into the queue: `sending` was only a claim, since nothing left. The caller holds the heads. */
export async function requeue(transaction: Transaction, rows: MessageRow[], { seconds, heldBy }: { seconds: number; heldBy: string | null }): Promise<void> {
  const waiting = rows.filter((row) => row.status === 'sending');
  if (waiting.length === 0) return;
  const ids = waiting.map((row) => row.id);
  await transaction`
    update outbox set state = 'queued', held_by = ${heldBy}, batch_id = null, lease_until = null, retry_at = clock_timestamp() + make_interval(secs => ${seconds}) where message_id = any(${ids}::uuid[])`;
  await transaction`update messages set status = 'queued', handed_over_at = null, batch_id = null where id = any(${ids}::uuid[])`;
  await reserveAgain(transaction, waiting.map((row) => ({ customerId: row.customerId, messageKey: row.key })));
}
