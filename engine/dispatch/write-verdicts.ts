/** Writes what the last check said of each message: on its way under a lease, held with its reservation moved (§5.12), or suppressed with the reason (§5.11). */
import type { JSONValue } from 'postgres';
import type { Transaction } from '#db/connection.ts';
import type { MessageRow } from '#db/queries/messages.ts';
import { isNewHold, type LeavingVerdict } from '#domain/messages/decide-leaving.ts';
import type { SendVerdict } from '#domain/messages/may-still-send.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';
import { releaseReservations, putEntries } from '#engine/pressure-ledger.ts';
import { noteMessages } from '#engine/note-messages.ts';

export type Decided = { row: MessageRow; attempts: number; verdict: LeavingVerdict };

/** Longer than a render, far shorter than anybody's patience: a dispatcher that holds a claim for longer is dead. Machine time. */
const CLAIM_LEASE = '30 seconds';

type Of<Kind> = { row: MessageRow; verdict: Extract<SendVerdict, { kind: Kind }> };

/** The caller holds the heads. Answers how many events were kept. */
export async function writeVerdicts(transaction: Transaction, { id: workspaceId, templateIds }: Pick<LoadedWorkspace, 'id' | 'templateIds'>, decided: Decided[], now: Instant): Promise<number> {
  const of = <Kind extends SendVerdict['kind']>(kind: Kind) =>
    decided.flatMap(({ row, verdict }): Of<Kind>[] => (isKind(verdict, kind) ? [{ row, verdict }] : []));
  const gone = decided.filter(({ verdict }) => verdict.kind === 'gone').map(({ row }) => row.id);
  if (gone.length > 0) await transaction`delete from outbox where message_id = any(${gone}::uuid[])`;
  await writeSending(transaction, workspaceId, of('send'), now);
  await writeHeld(transaction, workspaceId, of('hold'), now);
  await writeSwitched(transaction, workspaceId, of('switch'), templateIds, now);
  await writeSuppressed(transaction, workspaceId, of('suppress'), now);
  return noteMessages(transaction, workspaceId, [
    ...of('hold').filter(({ row, verdict }) => isNewHold(row.reason, verdict.reason))
      .map(({ row, verdict }) => ({ message: row, code: 'message.held' as const, figures: { reason: verdict.reason }, at: now })),
    ...of('switch').map(({ row, verdict }) => ({ message: row, code: 'message.channelChanged' as const, figures: { reason: verdict.reason }, at: now })),
    ...of('suppress').map(({ row, verdict }) => ({ message: row, code: 'message.suppressed' as const, figures: { reason: verdict.reason }, at: now })),
  ]);
}

const isKind = <Kind extends SendVerdict['kind']>(verdict: LeavingVerdict, kind: Kind): verdict is Extract<SendVerdict, { kind: Kind }> => verdict.kind === kind;

async function writeSending(transaction: Transaction, workspaceId: string, sending: Of<'send'>[], now: Instant): Promise<void> {
  if (sending.length === 0) return;
  const ids = sending.map(({ row }) => row.id);
  await transaction`
    update outbox set state = 'sending', held_by = null, attempts = attempts + 1, lease_until = clock_timestamp() + ${CLAIM_LEASE}::interval, batch_id = null
     where message_id = any(${ids}::uuid[])`;
  await updateMessages(transaction, sending.map(({ row, verdict }) => ({ id: row.id, status: 'sending', reason: null, lawful: verdict.lawful, address: verdict.address })), now);
  await putEntries(transaction, workspaceId, sending.map(({ row, verdict }) => ({ customerId: row.customerId, entry: verdict.entry })));
}

async function writeHeld(transaction: Transaction, workspaceId: string, held: Of<'hold'>[], now: Instant): Promise<void> {
  if (held.length === 0) return;
  await transaction`
    update outbox o set state = 'held', held_by = t.held_by, not_before = t.until::timestamptz
      from unnest(${held.map(({ row }) => row.id)}::uuid[], ${held.map(({ verdict }) => verdict.heldBy)}::text[], ${held.map(({ verdict }) => formatInstant(verdict.until))}::text[]) t(id, held_by, until)
     where o.message_id = t.id`;
  await updateMessages(transaction, held.map(({ row, verdict }) => ({ id: row.id, status: 'held', reason: verdict.reason, lawful: null, address: null })), now);
  await putEntries(transaction, workspaceId, held.map(({ row, verdict }) => ({ customerId: row.customerId, entry: verdict.reservation })));
}

/** The row goes on by its other channel, with its key, and is looked at there from the beginning; it changes channel once at most (§7.8). */
async function writeSwitched(transaction: Transaction, workspaceId: string, switched: Of<'switch'>[], templateIds: ReadonlyMap<string, string>, now: Instant): Promise<void> {
  if (switched.length === 0) return;
  const rows = switched.map(({ row, verdict }) => ({ id: row.id, channel: verdict.channel, template_id: templateIds.get(verdict.templateKey) ?? null, reason: verdict.reason }));
  await transaction`
    update messages m set channel = t.channel, template_id = t.template_id, when_capped = '{"kind":"skip"}', status = 'queued', status_at = ${formatInstant(now)}::text::timestamptz, reason = t.reason, address = null
      from jsonb_to_recordset(${transaction.json(rows as JSONValue)}) t(id uuid, channel text, template_id uuid, reason jsonb) where m.id = t.id and m.id = any(${rows.map(({ id }) => id)}::uuid[])`;
  await transaction`
    update outbox o set channel = t.channel, state = 'queued', held_by = null, not_before = least(o.not_before, ${formatInstant(now)}::text::timestamptz)
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ channel }) => channel)}::text[]) t(id, channel) where o.message_id = t.id`;
  await putEntries(transaction, workspaceId, switched.map(({ row, verdict }) => ({ customerId: row.customerId, entry: verdict.reservation })));
}

async function writeSuppressed(transaction: Transaction, workspaceId: string, suppressed: Of<'suppress'>[], now: Instant): Promise<void> {
  if (suppressed.length === 0) return;
  await transaction`delete from outbox where message_id = any(${suppressed.map(({ row }) => row.id)}::uuid[])`;
  await updateMessages(transaction, suppressed.map(({ row, verdict }) => ({ id: row.id, status: 'suppressed', reason: verdict.reason, lawful: null, address: null })), now);
  await releaseReservations(transaction, workspaceId, suppressed.map(({ row }) => ({ customerId: row.customerId, messageKey: row.key })));
}

type MessageUpdate = { id: string; status: string; reason: unknown; lawful: unknown; address: string | null };

/** `lawful` and `address` stay as they are when the update says nothing of them. */
async function updateMessages(transaction: Transaction, updates: MessageUpdate[], now: Instant): Promise<void> {
  await transaction`
    update messages m set status = t.status, status_at = case when m.status = t.status then m.status_at else ${formatInstant(now)}::text::timestamptz end,
           reason = nullif(t.reason, 'null'::jsonb), lawful = coalesce(nullif(t.lawful, 'null'::jsonb), m.lawful), address = coalesce(t.address, m.address)
      from jsonb_to_recordset(${transaction.json(updates as JSONValue)}) t(id uuid, status text, reason jsonb, lawful jsonb, address text)
     where m.id = t.id and m.id = any(${updates.map(({ id }) => id)}::uuid[])`;
}
