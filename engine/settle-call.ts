/** Stage 5, deliver: how a call that a journey asked for ended. The outcome settles its message; a refusal begins the silence of the law (§6.3). */
import type { Transaction } from '#db/connection.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { CALL_REFUSED } from '#engine/burst/load-addresses.ts';
import { settleHouseMessages, type HouseOutcome } from '#engine/settle-house-message.ts';

type Closing = { state: 'done' | 'dismissed'; outcome?: string | undefined };

/** Somebody was spoken to: sent. Nobody answered: failed, and the attempt counts as pressure. Nobody called: failed, and its place is free again. */
function outcomeOf(messageId: string, { state, outcome }: Closing): HouseOutcome {
  if (state === 'dismissed') return { messageId, status: 'failed', reason: { code: 'call.dismissed' }, counts: false };
  if (outcome === 'noAnswer') return { messageId, status: 'failed', reason: { code: 'call.noAnswer' }, counts: true };
  return { messageId, status: 'sent', reason: null, counts: true };
}

/** The caller holds the head. Answers how many events were kept. */
export async function settleCall(transaction: Transaction, workspaceId: string, call: { messageId: string; customerId: string; closing: Closing }, now: Instant): Promise<number> {
  const { messageId, closing } = call;
  if (closing.state === 'done' && closing.outcome === 'refused') {
    await transaction`
      insert into suppressions (workspace_id, channel, address, reason, at)
      select ${workspaceId}, 'call', m.address, ${CALL_REFUSED}, ${formatInstant(now)}::text::timestamptz from messages m where m.id = ${messageId} and m.address is not null
      on conflict (workspace_id, channel, address) do update set at = excluded.at where suppressions.reason = ${CALL_REFUSED}`;
  }
  return settleHouseMessages(transaction, workspaceId, [outcomeOf(messageId, closing)], now);
}
