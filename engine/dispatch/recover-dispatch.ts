/**
 * What a dispatcher that died, or a vendor that did not answer, has left: claims without a mark go back into the queue, marked batches are
 * sent again with the same bytes, or end as unknown when a repetition could double (§7.2, §7.3).
 */
import { inWorkspace } from '#db/connection.ts';
import type { MessageRow } from '#db/queries/messages.ts';
import { isChannel, isHouseChannel } from '#domain/customers/channels.ts';
import { findCategory } from '#domain/pressure/policy.ts';
import { houseVendor } from '#engine/dispatch/house-vendor.ts';
import { BATCH_LEASE, loadPayloads } from '#engine/dispatch/mark-batch.ts';
import type { Payload } from '#engine/dispatch/payload.ts';
import { lockMembers, recordOutcome, recordUnknown, requeue } from '#engine/dispatch/record-outcome.ts';
import { loadAccount, type SendingAccount } from '#engine/dispatch/sending-account.ts';
import type { OpenVendor, Vendor } from '#engine/dispatch/vendor.ts';
import type { Engine } from '#engine/engine.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { tell, timed } from '#engine/measured.ts';
import { noteMessages } from '#engine/note-messages.ts';
import type { BatchOutcome } from '#providers/ports.ts';

const CLAIM_SIZE = 200;
const BATCHES_AT_ONCE = 5;

/** Puts back what was claimed and never marked: nothing was handed over. Answers how many. */
export async function requeueDeadClaims(engine: Engine, workspaceId: string): Promise<number> {
  const dead = await inWorkspace(engine.database, workspaceId, (transaction) => transaction<{ message_id: string }[]>`
    select message_id from outbox where workspace_id = ${workspaceId} and state = 'sending' and lease_until < clock_timestamp() and batch_id is null limit ${CLAIM_SIZE}`);
  if (dead.length === 0) return 0;
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const { rows } = await lockMembers(transaction, workspaceId, dead.map((line) => line.message_id));
    const still = await transaction<{ message_id: string }[]>`
      select message_id from outbox where message_id = any(${[...rows.keys()]}::uuid[]) and state = 'sending' and lease_until < clock_timestamp() and batch_id is null`;
    const back = still.flatMap((line) => rows.get(line.message_id) ?? []);
    await requeue(transaction, back, { seconds: 0, heldBy: null });
    return back.length;
  });
}

type OpenBatch = { id: string; account_id: string; members: string[]; attempts: number; stale: boolean };

/** Takes batches whose lease ran out and ends or repeats each. Answers how many it looked at. */
export async function retryOpenBatches(engine: Engine, workspaceId: string, openVendor: OpenVendor): Promise<number> {
  const batches = await inWorkspace(engine.database, workspaceId, (transaction) => transaction<OpenBatch[]>`
    update batches set attempts = attempts + 1, lease_until = clock_timestamp() + ${BATCH_LEASE}::interval
     where id in (select id from batches where workspace_id = ${workspaceId} and state = 'sending' and lease_until < clock_timestamp()
                   order by lease_until limit ${BATCHES_AT_ONCE} for update skip locked)
    returning id, account_id, members, attempts, first_attempt_at < clock_timestamp() - interval '23 hours' as stale`);
  for (const batch of batches) await retryBatch(engine, workspaceId, batch, openVendor);
  return batches.length;
}

async function retryBatch(engine: Engine, workspaceId: string, batch: OpenBatch, openVendor: OpenVendor): Promise<void> {
  const step = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const { rows, now } = await lockMembers(transaction, workspaceId, batch.members);
    const members = [...rows.values()];
    // Any callback settles an ambiguous send (§7.4).
    if (members.every((row) => row.status !== 'sending')) {
      await transaction`update batches set state = 'done' where id = ${batch.id}`;
      const settled = await transaction<{ message_id: string }[]>`delete from outbox where message_id = any(${batch.members}::uuid[]) and batch_id = ${batch.id} returning message_id`;
      const notes = settled.flatMap((line) => rows.get(line.message_id) ?? []).map((message) => ({ message, code: 'message.sent' as const, at: now }));
      return { kind: 'ended' as const, events: await noteMessages(transaction, workspaceId, notes) };
    }
    const [channel] = members.flatMap((row) => (isChannel(row.channel) ? [row.channel] : []));
    const answer = channel ? await loadAccount(engine, transaction, workspaceId, channel) : { kind: 'missing' as const };
    const account = answer.kind === 'ready' && answer.account.id === batch.account_id ? answer.account : null;
    const vendor = !account ? null : isHouseChannel(account.channel) ? houseVendor(engine, workspaceId) : openVendor(account);
    const { rules } = await loadWorkspace(transaction, workspaceId);
    const repeats = vendor !== null && (vendor.repeatable || members.every((row) => isTransactional(row, rules.policy)));
    if (batch.stale || (vendor !== null && !repeats)) {
      const events = await recordUnknown(transaction, workspaceId, batch.id, rows, { code: batch.stale ? 'vendor.tooOld' : 'vendor.noAnswer' }, now);
      return { kind: 'ended' as const, events };
    }
    if (!account || !vendor) return null;
    return { kind: 'repeat' as const, account, vendor, payload: await loadPayloads(transaction, batch.members) };
  });
  if (step?.kind === 'ended' && step.events > 0) engine.hintRouters();
  if (step?.kind === 'repeat') await callVendor(engine, workspaceId, step.account, step.vendor, { ...batch, payload: step.payload, repeats: true });
}

const isTransactional = (row: MessageRow, policy: Parameters<typeof findCategory>[0]): boolean => findCategory(policy, row.category)?.transactional ?? false;

/** How many messages of a call ended in which way: sent or refused one by one, or all of them alike. */
function countOutcomes(messages: number, outcome: BatchOutcome | null): Record<string, number> {
  if (outcome?.kind !== 'answered') return { [outcome?.kind ?? 'failed']: messages };
  const counts: Record<string, number> = {};
  for (const { kind } of outcome.members) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** One call to the vendor, and its outcome recorded. */
export async function callVendor(
  engine: Engine, workspaceId: string, account: SendingAccount, vendor: Vendor, batch: { id: string; attempts: number; payload: Payload[]; repeats: boolean },
): Promise<void> {
  const outcome = await timed(() => vendor.send(batch.id, batch.payload), (seconds, result) => tell('vendorCall', { channel: account.channel, seconds, outcomes: countOutcomes(batch.payload.length, result.ok ? result.value : null) }));
  const members = batch.payload.map(({ messageId }) => messageId);
  await recordOutcome(engine, workspaceId, { id: batch.id, attempts: batch.attempts, members, accountId: account.id, repeats: batch.repeats }, outcome);
}
