/**
 * What purchases and returns change (§10.3, §10.9, §13.4): orders, figures and points, in the order in which they came, and what the till is told
 * about each. The engine loads its state and writes its outcome; the simulator keeps one for a whole run.
 */
import { applyPurchaseToFigures, applyReturnToFigures, CustomerFigures } from '#domain/customers/figures.ts';
import type { ParsedEvent } from '#domain/events/parse-event.ts';
import type { Purchase } from '#domain/events/purchase.ts';
import type { Problem } from '#domain/shared/result.ts';
import { earn, type EarnLine } from './earn.ts';
import { changeOfBalance, type Transfer } from './ledger.ts';
import type { LoyaltyProgramme } from './programme.ts';
import { reverse, type OrderMovement, type Returned } from './reverse.ts';
import { missingToNextReward } from './rewards.ts';

/** What the sender of a purchase is told; `points` is negative for a return. */
export type LoyaltyAnswer = {
  programme: string;
  points: number;
  balance: number;
  explanation: EarnLine[];
  next: { reward: string; missingPoints: number } | null;
};

export type Order = {
  orderId: string; customerId: string | null; eventId: string; purchase: Purchase; returned: Returned; returnedWhole: boolean; occurredAt: number;
  isNew: boolean; isChanged: boolean;
};
/** An event of a customer with the id under which it is kept; `zone` is the store's, when it has one. */
export type Taken = { event: ParsedEvent; uuid: string; customerId: string | null; zone: string | null };
/** When the other orders of a customer that still stand were made; null when none is left. */
export type StandingSpan = (customerId: string, without: string) => { firstPurchaseAt: number; lastPurchaseAt: number } | null;

/** First and last of these instants, as a whole return needs them. */
export const spanOf = (times: readonly number[]): ReturnType<StandingSpan> =>
  times.length === 0 ? null : { firstPurchaseAt: times.reduce((a, b) => Math.min(a, b)), lastPurchaseAt: times.reduce((a, b) => Math.max(a, b)) };

export class Till {
  readonly refusals = new Map<string, Problem>();
  readonly loyalty = new Map<string, LoyaltyAnswer[]>();
  private readonly transfers: Transfer[] = [];
  private readonly movements = new Map<string, OrderMovement[]>();
  private readonly balances = new Map<string, number>();
  private readonly figures = new Map<string, CustomerFigures>();
  private readonly changed = new Set<string>();
  private readonly ordersOf = new Map<string, Order[]>();

  constructor(private readonly rules: { programmes: readonly LoyaltyProgramme[]; timeZone: string }, private readonly orders: Map<string, Order>) {
    for (const order of orders.values()) this.holdOrder(order);
  }

  private holdOrder(order: Order): void {
    if (order.customerId === null) return;
    const mine = this.ordersOf.get(order.customerId);
    if (mine) mine.push(order);
    else this.ordersOf.set(order.customerId, [order]);
  }

  knowFigures(customerId: string, figures: CustomerFigures): void {
    this.figures.set(customerId, figures);
  }

  knowBalance(customerId: string, programmeKey: string, amount: number): void {
    this.balances.set(`${customerId} ${programmeKey}`, amount);
  }

  knowMovement(orderId: string, movement: OrderMovement): void {
    this.movements.set(orderId, [...(this.movements.get(orderId) ?? []), movement]);
  }

  private post(uuid: string, customerId: string, programmeKey: string, transfers: Transfer[], explanation: EarnLine[]): void {
    const programme = this.rules.programmes.find((candidate) => candidate.key === programmeKey);
    const name = `${customerId} ${programmeKey}`;
    let points = 0;
    for (const transfer of transfers) {
      const change = changeOfBalance(transfer);
      points += change;
      this.transfers.push(transfer);
      if (transfer.orderId) this.knowMovement(transfer.orderId, { programmeKey, rule: transfer.rule, lineId: transfer.lineId ?? null, kind: transfer.kind, amount: change });
    }
    const balance = (this.balances.get(name) ?? 0) + points;
    this.balances.set(name, balance);
    const next = programme ? missingToNextReward(programme, balance).next : null;
    this.loyalty.set(uuid, [...(this.loyalty.get(uuid) ?? []), { programme: programmeKey, points, balance, explanation, next: next ? { reward: next.reward.key, missingPoints: next.missingPoints } : null }]);
  }

  /** A purchase becomes an order; with a customer it moves the figures and earns in every programme. A second purchase of one order is kept without effect. */
  buy({ event, uuid, customerId, zone }: Taken, purchase: Purchase): void {
    if (this.orders.has(purchase.orderId)) {
      this.refusals.set(uuid, { code: 'purchase.doubleOrder', message: `The order «${purchase.orderId}» was bought already, by another event: give each purchase its own orderId.`, path: ['properties', 'orderId'] });
      return;
    }
    const order: Order = { orderId: purchase.orderId, customerId, eventId: uuid, purchase, returned: {}, returnedWhole: false, occurredAt: event.occurredAt, isNew: true, isChanged: false };
    this.orders.set(purchase.orderId, order);
    this.holdOrder(order);
    if (!customerId) return;
    this.figures.set(customerId, applyPurchaseToFigures(this.figures.get(customerId)!, { amountMinor: purchase.amountMinor, occurredAt: event.occurredAt }));
    this.changed.add(customerId);
    for (const programme of this.rules.programmes) {
      const earned = earn(programme, purchase, { eventId: uuid, customerId, occurredAt: event.occurredAt, store: event.store, zone: zone ?? this.rules.timeZone });
      this.post(uuid, customerId, programme.key, earned.transfers, earned.explanation);
    }
  }

  /**
   * A return takes back what its purchase caused, from whoever earned it. The state of `held` is known: an order that came in since, of a customer
   * whose is not, is not known yet.
   */
  bringBack({ event, uuid }: Taken, orderId: string, remaining: StandingSpan, held: { has: (customerId: string) => boolean }): void {
    const order = this.orders.get(orderId);
    if (event.body?.kind !== 'return') return;
    if (!order || (order.customerId !== null && !held.has(order.customerId))) {
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
    for (const programme of this.rules.programmes) {
      this.post(uuid, owner, programme.key, back.transfers.filter((transfer) => transfer.programmeKey === programme.key), []);
    }
  }

  /** Orders known here that this customer still holds, for figures after a whole return. */
  standing(customerId: string): Order[] {
    return (this.ordersOf.get(customerId) ?? []).filter((order) => !order.returnedWhole);
  }

  /** Whether this till holds the order, newer than a stored one. */
  knows(orderId: string): boolean {
    return this.orders.has(orderId);
  }

  /** Whose an order is; null when it is nobody's or not known. */
  ownerOf(orderId: string): string | null {
    return this.orders.get(orderId)?.customerId ?? null;
  }

  /** The figures as they stand now. */
  figuresOf(customerId: string): CustomerFigures | undefined {
    return this.figures.get(customerId);
  }

  get allOrders(): readonly Order[] {
    return [...this.orders.values()];
  }

  get changedFigures(): { customerId: string; figures: CustomerFigures }[] {
    return [...this.changed].map((customerId) => ({ customerId, figures: this.figures.get(customerId)! }));
  }

  get posted(): readonly Transfer[] {
    return this.transfers;
  }

  /** What has been posted since the last time; what the till's customers were told is forgotten with it. For whoever keeps one till for a whole run. */
  takePosted(): Transfer[] {
    this.loyalty.clear();
    return this.transfers.splice(0);
  }
}
