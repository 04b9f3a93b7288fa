/**
 * The last transaction before a call: the batch with its members, rendered payload and first attempt (§7.2). Whoever finds the mark later knows
 * that the vendor may have the messages; whoever finds none knows that it has not.
 */
import type { JSONValue } from 'postgres';
import { v7 } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import type { Composed } from '#engine/dispatch/compose-message.ts';
import { Payload } from '#engine/dispatch/payload.ts';
import type { Engine } from '#engine/engine.ts';
import { insertLinks } from '#engine/links.ts';
import { noteMessages } from '#engine/note-messages.ts';

/** `attempts` counts the calls, this one included; it is the fence between two that hold the same batch. */
export type MarkedBatch = { id: string; attempts: number; payload: Payload[] };

/** Longer than any vendor's timeout, which is thirty seconds. Machine time. */
export const BATCH_LEASE = '45 seconds';

/** Marks what is still ours; null when nothing is, because the claim's lease ran out and another dispatcher took it. */
export async function markBatch(engine: Engine, workspaceId: string, account: { id: string; kind: string }, composed: Composed[]): Promise<MarkedBatch | null> {
  const batchId = v7();
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    await lockHeads(transaction, [...new Set(composed.map(({ row }) => row.customerId))]);
    const now = await readNow(transaction, workspaceId);
    const held = await transaction<{ message_id: string }[]>`
      select o.message_id from outbox o join unnest(${composed.map(({ row }) => row.id)}::uuid[], ${composed.map(({ attempts }) => attempts)}::int[]) t(id, attempts)
          on o.message_id = t.id and o.attempts = t.attempts where o.state = 'sending' and o.batch_id is null`;
    const ours = new Set(held.map((line) => line.message_id));
    const members = composed.filter(({ row }) => ours.has(row.id));
    if (members.length === 0) return null;
    await transaction`
      insert into batches (id, workspace_id, account_id, members, first_attempt_at, attempts, state, lease_until)
      values (${batchId}, ${workspaceId}, ${account.id}, ${members.map(({ row }) => row.id)}::uuid[], clock_timestamp(), 1, 'sending', clock_timestamp() + ${BATCH_LEASE}::interval)`;
    await transaction`update outbox set batch_id = ${batchId}, lease_until = null where message_id = any(${members.map(({ row }) => row.id)}::uuid[])`;
    const payload = await writePayloads(transaction, workspaceId, batchId, account.kind, members);
    await insertLinks(transaction, workspaceId, members.flatMap(({ links }) => links));
    await noteMessages(transaction, workspaceId, members.map(({ row, language, templateKey, templateNumber, store }) => ({
      message: row, code: 'message.handedOver' as const, figures: { language: language.language, languageBy: language.by, ...(templateKey !== null && { template: templateKey, templateNumber }), ...(store !== null && { senderStore: store }) }, at: now,
    })));
    return { id: batchId, attempts: 1, payload };
  });
}

/** The payload is read back, so that the first call sends the very value that a retry will read. */
async function writePayloads(transaction: Transaction, workspaceId: string, batchId: string, provider: string, members: Composed[]): Promise<Payload[]> {
  const updates = members.map(({ row, payload, versionId, language }) => ({ id: row.id, payload, version: versionId, language: language.language }));
  await transaction`
    update messages m set payload = t.payload, template_version_id = t.version, language = t.language, provider = ${provider}, batch_id = ${batchId}, handed_over_at = workspace_now(${workspaceId})
      from jsonb_to_recordset(${transaction.json(updates as JSONValue)}) t(id uuid, payload jsonb, version uuid, language text)
     where m.id = t.id and m.id = any(${updates.map(({ id }) => id)}::uuid[])`;
  return loadPayloads(transaction, updates.map(({ id }) => id));
}

/** The payloads of a batch in the order of its members. */
export async function loadPayloads(transaction: Transaction, members: string[]): Promise<Payload[]> {
  const rows = await transaction<{ payload: unknown }[]>`
    select m.payload from messages m join unnest(${members}::uuid[]) with ordinality t(id, place) on m.id = t.id where m.id = any(${members}::uuid[]) order by t.place`;
  return rows.map((row) => Payload.parse(row.payload));
}
