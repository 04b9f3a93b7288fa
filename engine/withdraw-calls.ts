/**
 * Calls that nobody has made yet, of customers who have just said no to being called for that purpose (§6.7): a call lies on the list of people and can
 * still be taken off it, so an opt-out takes it off in its own transaction.
 */
import type { Transaction } from '#db/connection.ts';
import type { ConsentPurpose } from '#domain/customers/consent.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { settleHouseMessages } from '#engine/settle-house-message.ts';

/** The caller holds the heads of these customers. Answers how many events were kept. */
export async function withdrawDeniedCalls(transaction: Transaction, workspaceId: string, denied: readonly { customerId: string; purpose: ConsentPurpose }[]): Promise<number> {
  if (denied.length === 0) return 0;
  const open = await transaction<{ id: string; customer_id: string; message_id: string; category: string }[]>`
    select t.id, t.customer_id, t.message_id, m.category from tasks t join messages m on m.id = t.message_id
    where t.customer_id = any(${denied.map(({ customerId }) => customerId)}) and t.state = 'open' and t.kind = 'call'`;
  if (open.length === 0) return 0;
  const { categories } = (await loadWorkspace(transaction, workspaceId)).rules.policy;
  const purposeOf = (key: string): ConsentPurpose => {
    const category = categories.find((each) => each.key === key);
    return category?.transactional || category?.purpose === 'service' ? 'transactional' : 'marketing';
  };
  const withdrawn = open.filter(({ customer_id: customerId, category }) => denied.some((each) => each.customerId === customerId && each.purpose === purposeOf(category)));
  if (withdrawn.length === 0) return 0;
  const now = await readNow(transaction, workspaceId);
  const reason = { code: 'consent.denied' };
  await transaction`
    update tasks set state = 'withdrawn', closed_at = ${formatInstant(now)}::text::timestamptz, reason = ${transaction.json(reason)} where id = any(${withdrawn.map(({ id }) => id)}::uuid[])`;
  return settleHouseMessages(transaction, workspaceId, withdrawn.map(({ message_id: messageId }) => ({ messageId, status: 'suppressed' as const, reason, counts: false })), now);
}
