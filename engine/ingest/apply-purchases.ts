/** The till of one batch: what it must know is loaded under the heads, the domain decides (domain/loyalty/till.ts), and what it changed is written. */
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { Purchase } from '#domain/events/purchase.ts';
import type { OrderMovement, Returned } from '#domain/loyalty/reverse.ts';
import type { Order, Till } from '#domain/loyalty/till.ts';
import { formatInstant } from '#domain/shared/time.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';
import { postTransfers } from '#engine/post-transfers.ts';

/** The orders that these events name, as they are stored. */
export async function loadOrders(transaction: Transaction, orderIds: string[]): Promise<Map<string, Order>> {
  if (orderIds.length === 0) return new Map();
  const rows = await transaction<{ order_id: string; customer_id: string | null; event_id: string; purchase: unknown; returned: Returned; returned_whole: boolean; occurred_at: Date }[]>`
    select * from orders where order_id = any(${orderIds})`;
  return new Map(rows.map((row) => [row.order_id, {
    orderId: row.order_id, customerId: row.customer_id, eventId: row.event_id, purchase: Purchase.parse(row.purchase), returned: row.returned, returnedWhole: row.returned_whole,
    occurredAt: row.occurred_at.getTime(), isNew: false, isChanged: false,
  }]));
}

/** Tells a till what is stored of these customers and orders. Their heads are locked. */
export async function loadTill(transaction: Transaction, workspace: LoadedWorkspace, till: Till, customerIds: string[], returnedOrderIds: string[]): Promise<void> {
  const [customers, balances, movements] = await Promise.all([
    transaction<{ id: string; figures: unknown }[]>`select id, figures from customers where id = any(${customerIds})`,
    workspace.rules.programmes.length === 0 ? [] : transaction<{ customer_id: string; programme_key: string; amount: number }[]>`
      select customer_id, programme_key, amount from balances where customer_id = any(${customerIds}) and account = 'customer:available'`,
    returnedOrderIds.length === 0 ? [] : transaction<{ order_id: string; programme_key: string; rule: string; line_id: string | null; kind: OrderMovement['kind']; amount: number }[]>`
      select order_id, programme_key, rule, line_id, kind, amount from postings
      where workspace_id = ${workspace.id} and order_id = any(${returnedOrderIds}) and account = 'customer:available' order by id`,
  ]);
  for (const row of customers) till.knowFigures(row.id, CustomerFigures.parse(row.figures));
  for (const row of balances) till.knowBalance(row.customer_id, row.programme_key, row.amount);
  for (const row of movements) till.knowMovement(row.order_id, { programmeKey: row.programme_key, rule: row.rule, lineId: row.line_id, kind: row.kind, amount: row.amount });
}

/** Writes the orders, figures and postings that a till has changed. */
export async function writeTill(transaction: Transaction, workspaceId: string, till: Till): Promise<void> {
  const rows = (orders: Order[]) => orders.map((order) => ({
    workspace_id: workspaceId, order_id: order.orderId, customer_id: order.customerId, event_id: order.eventId, purchase: order.purchase,
    returned: order.returned, returned_whole: order.returnedWhole, occurred_at: formatInstant(order.occurredAt),
  }));
  const figures = till.changedFigures.map(({ customerId, figures: changed }) => ({ id: customerId, figures: changed }));
  await Promise.all([
    insertRows(transaction, 'orders', rows(till.allOrders.filter((order) => order.isNew))),
    ...till.allOrders.filter(({ isNew, isChanged }) => isChanged && !isNew).map((order) =>
      transaction`update orders set returned = ${transaction.json(order.returned)}, returned_whole = ${order.returnedWhole} where order_id = ${order.orderId}`),
    figures.length > 0 && transaction`
      update customers c set figures = n.figures from jsonb_to_recordset(${transaction.json(figures)}) n(id uuid, figures jsonb)
      where c.id = n.id and c.id = any(${figures.map(({ id }) => id)})`,
    postTransfers(transaction, workspaceId, [...till.posted]),
  ]);
}
