/** What purchases and returns change in their own transaction: orders, figures, points; and what the till is told about each (§10.3, §10.9, §13.4). */
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { applyPurchaseToFigures, applyReturnToFigures, CustomerFigures } from '#domain/customers/figures.ts';
import type { ParsedEvent } from '#domain/events/parse-event.ts';
import { Purchase } from '#domain/events/purchase.ts';
import { earn, type EarnLine } from '#domain/loyalty/earn.ts';
import { changeOfBalance, type Transfer } from '#domain/loyalty/ledger.ts';
import { reverse, type OrderMovement, type Returned } from '#domain/loyalty/reverse.ts';
import { missingToNextReward } from '#domain/loyalty/rewards.ts';
import type { Problem } from '#domain/shared/result.ts';
import { formatInstant } from '#domain/shared/time.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';
import { postTransfers } from '#engine/post-transfers.ts';
import type { LoyaltyAnswer } from './answer.ts';

export type Order = {
  orderId: string; customerId: string | null; eventId: string; purchase: Purchase; returned: Returned; returnedWhole: boolean; occurredAt: number;
  isNew: boolean; isChanged: boolean;
};
export type Taken = { event: ParsedEvent; uuid: string; customerId: string | null; storeId: string | null };

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

/** The state that a batch of purchases and returns works on, in the order of the batch. The heads of all customers named are locked. */
export class Till {
  readonly refusals = new Map<string, Problem>();
  readonly loyalty = new Map<string, LoyaltyAnswer[]>();
  private readonly transfers: Transfer[] = [];
  private readonly movements = new Map<string, OrderMovement[]>();
  private readonly balances = new Map<string, number>();
  private readonly figures = new Map<string, CustomerFigures>();
  private readonly changed = new Set<string>();

  constructor(private readonly workspace: LoadedWorkspace, private readonly orders: Map<string, Order>) {}

  async load(transaction: Transaction, customerIds: string[], returnedOrderIds: string[]): Promise<void> {
    const [customers, balances, movements] = await Promise.all([
      transaction<{ id: string; figures: unknown }[]>`select id, figures from customers where id = any(${customerIds})`,
      this.workspace.rules.programmes.length === 0 ? [] : transaction<{ customer_id: string; programme_key: string; amount: number }[]>`
        select customer_id, programme_key, amount from balances where customer_id = any(${customerIds}) and account = 'customer:available'`,
      returnedOrderIds.length === 0 ? [] : transaction<{ order_id: string; programme_key: string; rule: string; line_id: string | null; kind: OrderMovement['kind']; amount: number }[]>`
        select order_id, programme_key, rule, line_id, kind, amount from postings
        where workspace_id = ${this.workspace.id} and order_id = any(${returnedOrderIds}) and account = 'customer:available' order by id`,
    ]);
    for (const row of customers) this.figures.set(row.id, CustomerFigures.parse(row.figures));
    for (const row of balances) this.balances.set(`${row.customer_id} ${row.programme_key}`, row.amount);
    for (const row of movements) this.move(row.order_id, { programmeKey: row.programme_key, rule: row.rule, lineId: row.line_id, kind: row.kind, amount: row.amount });
  }

  private move(orderId: string, movement: OrderMovement): void {
    this.movements.set(orderId, [...(this.movements.get(orderId) ?? []), movement]);
  }

  private post(uuid: string, customerId: string, programmeKey: string, transfers: Transfer[], explanation: EarnLine[]): void {
    const programme = this.workspace.rules.programmes.find((candidate) => candidate.key === programmeKey);
    const name = `${customerId} ${programmeKey}`;
    let points = 0;
    for (const transfer of transfers) {
      const change = changeOfBalance(transfer);
      points += change;
      this.transfers.push(transfer);
      if (transfer.orderId) this.move(transfer.orderId, { programmeKey, rule: transfer.rule, lineId: transfer.lineId ?? null, kind: transfer.kind, amount: change });
    }
    const balance = (this.balances.get(name) ?? 0) + points;
    this.balances.set(name, balance);
    const next = programme ? missingToNextReward(programme, balance).next : null;
    this.loyalty.set(uuid, [...(this.loyalty.get(uuid) ?? []), { programme: programmeKey, points, balance, explanation, next: next ? { reward: next.reward.key, missingPoints: next.missingPoints } : null }]);
  }

  /** A purchase becomes an order; with a customer it moves the figures and earns in every programme. A second purchase of one order is kept without effect. */
  buy({ event, uuid, customerId, storeId }: Taken, purchase: Purchase): void {
    if (this.orders.has(purchase.orderId)) {
      this.refusals.set(uuid, { code: 'purchase.doubleOrder', message: `The order «${purchase.orderId}» was bought already, by another event: give each purchase its own orderId.`, path: ['properties', 'orderId'] });
      return;
    }
    this.orders.set(purchase.orderId, {
      orderId: purchase.orderId, customerId, eventId: uuid, purchase, returned: {}, returnedWhole: false, occurredAt: event.occurredAt, isNew: true, isChanged: false,
    });
    if (!customerId) return;
    this.figures.set(customerId, applyPurchaseToFigures(this.figures.get(customerId)!, { amountMinor: purchase.amountMinor, occurredAt: event.occurredAt }));
    this.changed.add(customerId);
    const zone = (storeId && this.workspace.storeZones.get(storeId)) ?? this.workspace.rules.timeZone;
    for (const programme of this.workspace.rules.programmes) {
      const earned = earn(programme, purchase, { eventId: uuid, customerId, occurredAt: event.occurredAt, store: event.store, zone });
      this.post(uuid, customerId, programme.key, earned.transfers, earned.explanation);
    }
  }

  /**
   * A return takes back what its purchase caused, from whoever earned it. `remaining` are the other orders of that customer that still stand. The heads of `held` are
   * locked: an order that came in since, of a customer whose head is not, is not known yet.
   */
  bringBack({ event, uuid }: Taken, orderId: string, remaining: (customerId: string, without: string) => { firstPurchaseAt: number; lastPurchaseAt: number } | null, held: readonly string[]): void {
    const order = this.orders.get(orderId);
    if (event.body?.kind !== 'return') return;
    if (!order || (order.customerId !== null && !held.includes(order.customerId))) {
      this.refusals.set(uuid, { code: 'return.unknownOrder', message: `No purchase has the order «${orderId}»: send the purchase first, then replay the return.`, path: ['properties', 'orderId'] });
      return;
    }
    const owner = order.customerId;
    const back = reverse(order.purchase, order.returned, event.body.back, this.movements.get(orderId) ?? [], { eventId: uuid, customerId: owner ?? '', occurredAt: event.occurredAt });
    if (back.unknownLines.length > 0) {
      this.refusals.set(uuid, { code: 'return.unknownLine', message: `The order «${orderId}» has no line ${back.unknownLines.join(', ')}.`, path: ['properties', 'lines'] });
      return;
    }
    Object.assign(order, { returned: back.returned, returnedWhole: order.returnedWhole || back.completes, isChanged: true });
    if (!owner) return;
    this.figures.set(owner, applyReturnToFigures(this.figures.get(owner)!, { amountMinor: back.amountMinor, completes: back.completes, remaining: back.completes ? remaining(owner, orderId) : null }));
    this.changed.add(owner);
    for (const programme of this.workspace.rules.programmes) {
      this.post(uuid, owner, programme.key, back.transfers.filter((transfer) => transfer.programmeKey === programme.key), []);
    }
  }

  /** Orders of the batch that this customer still holds, for figures after a whole return. */
  standing(customerId: string): Order[] {
    return [...this.orders.values()].filter((order) => order.customerId === customerId && !order.returnedWhole);
  }

  /** Whether the batch holds this order, newer than the stored one. */
  knows(orderId: string): boolean {
    return this.orders.has(orderId);
  }

  ownerOf(orderId: string | null): string | null {
    return (orderId && this.orders.get(orderId)?.customerId) || null;
  }

  get posted(): readonly Transfer[] {
    return this.transfers;
  }

  async write(transaction: Transaction): Promise<void> {
    const rows = (orders: Order[]) => orders.map((order) => ({
      workspace_id: this.workspace.id, order_id: order.orderId, customer_id: order.customerId, event_id: order.eventId, purchase: order.purchase,
      returned: order.returned, returned_whole: order.returnedWhole, occurred_at: formatInstant(order.occurredAt),
    }));
    const all = [...this.orders.values()];
    const figures = [...this.changed].map((id) => ({ id, figures: this.figures.get(id)! }));
    await Promise.all([
      insertRows(transaction, 'orders', rows(all.filter((order) => order.isNew))),
      ...all.filter(({ isNew, isChanged }) => isChanged && !isNew).map((order) =>
        transaction`update orders set returned = ${transaction.json(order.returned)}, returned_whole = ${order.returnedWhole} where order_id = ${order.orderId}`),
      figures.length > 0 && transaction`
        update customers c set figures = n.figures from jsonb_to_recordset(${transaction.json(figures)}) n(id uuid, figures jsonb)
        where c.id = n.id and c.id = any(${[...this.changed]})`,
      postTransfers(transaction, this.workspace.id, this.transfers),
    ]);
  }
}
