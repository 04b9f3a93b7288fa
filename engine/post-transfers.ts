/** The ledger's one pen: writes both postings of each transfer and moves the balances with them. The caller holds the customers' heads. */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { postingsOf, type Transfer } from '#domain/loyalty/ledger.ts';
import { formatInstant } from '#domain/shared/time.ts';

/** Facts of a posting that only the shell knows. */
export type TransferOrigin = { orderId?: string | null; enrollmentId?: string | null };

export async function postTransfers(transaction: Transaction, workspaceId: string, transfers: (Transfer & TransferOrigin)[]): Promise<void> {
  if (transfers.length === 0) return;
  const postings = transfers.flatMap((transfer) => postingsOf(transfer).map((posting) => ({ posting, transfer })));
  const written = insertRows(transaction, 'postings', postings.map(({ posting, transfer }) => ({
    id: newId(),
    workspace_id: workspaceId,
    transfer_key: transfer.key,
    programme_key: transfer.programmeKey,
    account: posting.account,
    customer_id: transfer.customerId ?? null,
    amount: posting.amount,
    kind: transfer.kind,
    event_id: transfer.eventId ?? null,
    order_id: transfer.orderId ?? null,
    line_id: transfer.lineId ?? null,
    rule: transfer.rule ?? null,
    enrollment_id: transfer.enrollmentId ?? null,
    at: formatInstant(transfer.at),
  })));
  const sums = new Map<string, { customer_id: string; workspace_id: string; programme_key: string; account: string; amount: number }>();
  for (const { posting, transfer } of postings) {
    if (!posting.account.startsWith('customer:') || !transfer.customerId) continue;
    const key = `${transfer.customerId} ${transfer.programmeKey} ${posting.account}`;
    const sum = sums.get(key) ?? { customer_id: transfer.customerId, workspace_id: workspaceId, programme_key: transfer.programmeKey, account: posting.account, amount: 0 };
    sum.amount += posting.amount;
    sums.set(key, sum);
  }
  const rows = [...sums.values()].sort((a, b) => (a.customer_id < b.customer_id ? -1 : 1));
  await Promise.all([written, rows.length > 0 && transaction`
    insert into balances as b (customer_id, workspace_id, programme_key, account, amount)
    select customer_id, workspace_id, programme_key, account, amount from jsonb_populate_recordset(null::balances, ${transaction.json(rows)})
    on conflict (customer_id, programme_key, account) do update set amount = b.amount + excluded.amount`]);
}
