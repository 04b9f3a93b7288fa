/** Whom somebody sees who acts for some stores only (§11.8): the customers attached to these stores, and those whom they have served. */
import type { Transaction } from '#db/connection.ts';

/** The ids of the customers that are seen, as a query for `in (…)`. */
export const seenBy = (transaction: Transaction, storeIds: readonly string[]) => transaction`
  select customer_id from customer_stores where store_id = any(${[...storeIds]}::uuid[])
  union select id from customers where profile ->> 'storeId' = any(${[...storeIds]}::text[])`;

export async function seesCustomer(transaction: Transaction, storeIds: readonly string[], customerId: string): Promise<boolean> {
  const [row] = await transaction`
    select from customers c where c.id = ${customerId} and (c.profile ->> 'storeId' = any(${[...storeIds]}::text[])
      or exists (select from customer_stores s where s.customer_id = c.id and s.store_id = any(${[...storeIds]}::uuid[])))`;
  return row !== undefined;
}

/** Keeps that stores have served customers. The heads of the customers are locked, so that two hands do not write the same line. */
export async function noteServed(transaction: Transaction, workspaceId: string, served: readonly { customerId: string; storeId: string }[]): Promise<void> {
  const pairs = [...new Map(served.map((one) => [`${one.customerId} ${one.storeId}`, one])).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  if (pairs.length === 0) return;
  await transaction`
    insert into customer_stores (workspace_id, customer_id, store_id)
    select ${workspaceId}, t.customer, t.store from unnest(${pairs.map(({ customerId }) => customerId)}::uuid[], ${pairs.map(({ storeId }) => storeId)}::uuid[]) t(customer, store) on conflict do nothing`;
}
