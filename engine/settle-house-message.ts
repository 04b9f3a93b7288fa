/** Stage 5, deliver, for letters and calls: a person says what became of one. Its status moves forward only, and what is said is an event like a vendor's report. */
import type { Transaction } from '#db/connection.ts';
import { loadMessages } from '#db/queries/messages.ts';
import { laterStatus } from '#domain/messages/delivery-status.ts';
import type { Reason } from '#domain/messages/may-still-send.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { noteMessages, type MessageNote } from '#engine/note-messages.ts';
import { releaseReservations } from '#engine/pressure-ledger.ts';

/** `counts`: whether it reached out to the customer all the same, so that it goes on counting as pressure. */
export type HouseOutcome = { messageId: string; status: 'sent' | 'failed' | 'bounced' | 'suppressed'; reason: Reason | null; counts: boolean };

/** The caller holds the heads. Answers how many events were kept. */
export async function settleHouseMessages(transaction: Transaction, workspaceId: string, outcomes: readonly HouseOutcome[], now: Instant): Promise<number> {
  const rows = await loadMessages(transaction, outcomes.map(({ messageId }) => messageId));
  const settled = outcomes.flatMap((outcome) => {
    const row = rows.get(outcome.messageId);
    return row && laterStatus(row.status, outcome.status) !== row.status ? [{ ...outcome, row }] : [];
  });
  if (settled.length === 0) return 0;
  await transaction`
    update messages m set status = t.status, status_at = ${formatInstant(now)}::text::timestamptz, reason = nullif(t.reason, 'null'::jsonb)
      from unnest(${settled.map(({ messageId }) => messageId)}::uuid[], ${settled.map(({ status }) => status)}::text[], ${settled.map(({ reason }) => JSON.stringify(reason))}::text[]::jsonb[]) t(id, status, reason)
     where m.id = t.id and m.id = any(${settled.map(({ messageId }) => messageId)}::uuid[])`;
  await releaseReservations(transaction, workspaceId, settled.filter(({ counts }) => !counts).map(({ row }) => ({ customerId: row.customerId, messageKey: row.key })));
  return noteMessages(transaction, workspaceId, settled.map(({ row, status, reason }): MessageNote => ({ message: row, code: `message.${status}`, figures: reason ? { reason } : {}, at: now })));
}
