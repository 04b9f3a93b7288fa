/** Messages of a paused journey stay in the outbox, whatever their moment, until it runs again (§8.4, hold). */
import type { Transaction } from '#db/connection.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';

/** The caller holds the heads and has loaded the workspace. Answers which of these messages rest now. */
export async function restPaused(transaction: Transaction, messageIds: string[], now: Instant): Promise<Set<string>> {
  const rows = await transaction<{ id: string }[]>`
    update messages m set status = 'held', status_at = ${formatInstant(now)}::text::timestamptz, reason = '{"code": "journey.paused"}'
      from journeys j where m.id = any(${messageIds}::uuid[]) and j.id = m.journey_id and j.status = 'paused' returning m.id`;
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await transaction`update outbox set state = 'held', held_by = 'paused', retry_at = 'infinity' where message_id = any(${ids}::uuid[])`;
  return new Set(ids);
}
