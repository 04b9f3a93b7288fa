/**
 * Stage 1, ingest: what a return takes back of what its purchase earned, per line (§10.9). The policy is debt: points may go below
 * zero. What came back before counts, so the second return of a line takes nothing more, and parts taken one by one sum to the whole.
 */
import type { Purchase, Return } from '#domain/events/purchase.ts';
import type { Transfer, TransferKind } from '#domain/loyalty/ledger.ts';
import type { Instant } from '#domain/shared/time.ts';

/** What came back so far, by line; `*` stands for an order without lines. Stored with the order. */
export type Returned = Record<string, { quantity: number; amountMinor: number }>;
const WHOLE_ORDER = '*';

/** A posting on the customer's available account that this order caused: positive when earned, negative when taken back. */
export type OrderMovement = { programmeKey: string; rule: string; lineId: string | null; kind: TransferKind; amount: number };
/** `customerId` is whoever earned the points, even when another one brings the goods back. */
export type ReverseContext = { eventId: string; customerId: string; occurredAt: Instant };

export type Reversed = {
  /** From `customer:available` back to `programme:issued`, one per programme, rule and line that earned. */
  transfers: Transfer[];
  returned: Returned;
  /** What of the purchase's amount came back now. */
  amountMinor: number;
  /** Whether nothing of the purchase is left, now and not before. */
  completes: boolean;
  /** Lines that the purchase does not have; they take nothing. */
  unknownLines: string[];
};

type Line = { lineId: string; quantity: number; amountMinor: number };
type Share = { part: number; of: number };

/** Pure and idempotent on what is stored: feed `returned` and the movements of the order back in, and the next return continues from there. */
export function reverse(purchase: Purchase, before: Returned, back: Return, movements: readonly OrderMovement[], context: ReverseContext): Reversed {
  const lines: Line[] = purchase.lines?.length ? purchase.lines : [{ lineId: WHOLE_ORDER, quantity: 1, amountMinor: purchase.amountMinor }];
  const returned = { ...before };
  for (const line of lines) {
    const asked = back.lines ? back.lines.find(({ lineId }) => lineId === line.lineId) : {};
    if (asked) returned[line.lineId] = addReturned(line, before[line.lineId], asked);
  }
  const order = orderShare(purchase, lines, returned);
  const earlier = orderShare(purchase, lines, before);
  const shareOf = (lineId: string | null): Share => {
    const line = lines.find((candidate) => candidate.lineId === lineId);
    if (line) return lineShare(line, returned[line.lineId]);
    return isComplete(lines, returned) ? { part: 1, of: 1 } : order;
  };
  return {
    transfers: takeBack(movements, shareOf, purchase.orderId, context),
    returned,
    amountMinor: order.part - earlier.part,
    completes: isComplete(lines, returned) && !isComplete(lines, before),
    unknownLines: (back.lines ?? []).map(({ lineId }) => lineId).filter((lineId) => !lines.some((line) => line.lineId === lineId)),
  };
}

/** A line after one more return of it: neither quantity nor amount comes back twice, and one used up uses up the other. */
function addReturned(line: Line, before: Returned[string] | undefined, asked: { quantity?: number | undefined; amountMinor?: number | undefined }): Returned[string] {
  const quantity = Math.min(line.quantity, (before?.quantity ?? 0) + (asked.quantity ?? 0));
  const byQuantity = Math.floor((line.amountMinor * (asked.quantity ?? 0)) / line.quantity);
  const amountMinor = Math.min(line.amountMinor, (before?.amountMinor ?? 0) + (asked.amountMinor ?? byQuantity));
  const isAll = asked.quantity === undefined && asked.amountMinor === undefined;
  const isUsedUp = quantity >= line.quantity || (line.amountMinor > 0 && amountMinor >= line.amountMinor);
  return isAll || isUsedUp ? { quantity: line.quantity, amountMinor: line.amountMinor } : { quantity, amountMinor };
}

const isLineBack = (line: Line, back: Returned[string] | undefined): boolean => back !== undefined && back.quantity >= line.quantity;
const isComplete = (lines: readonly Line[], returned: Returned): boolean => lines.every((line) => isLineBack(line, returned[line.lineId]));

function lineShare(line: Line, back: Returned[string] | undefined): Share {
  if (isLineBack(line, back)) return { part: 1, of: 1 };
  return { part: back?.amountMinor ?? 0, of: Math.max(1, line.amountMinor) };
}

/** Share of the whole order by amount. Lines need not sum to the purchase's amount: the last one back brings the rest. */
function orderShare(purchase: Purchase, lines: readonly Line[], returned: Returned): Share {
  const { amountMinor } = purchase;
  if (isComplete(lines, returned)) return { part: amountMinor, of: Math.max(1, amountMinor) };
  const sum = lines.reduce((total, line) => total + (returned[line.lineId]?.amountMinor ?? 0), 0);
  return { part: Math.min(sum, amountMinor), of: Math.max(1, amountMinor) };
}

function takeBack(movements: readonly OrderMovement[], shareOf: (lineId: string | null) => Share, orderId: string, context: ReverseContext): Transfer[] {
  const groups = new Map<string, { movement: OrderMovement; earned: number; taken: number }>();
  for (const movement of movements) {
    if (movement.kind !== 'earn' && movement.kind !== 'bonus' && movement.kind !== 'return') continue;
    const name = JSON.stringify([movement.programmeKey, movement.rule, movement.lineId]);
    const group = groups.get(name) ?? { movement, earned: 0, taken: 0 };
    if (movement.kind === 'return') group.taken -= movement.amount;
    else group.earned += movement.amount;
    groups.set(name, group);
  }
  return [...groups.values()].flatMap(({ movement, earned, taken }): Transfer[] => {
    const { programmeKey, rule, lineId } = movement;
    const share = shareOf(lineId);
    const amount = Number((BigInt(earned) * BigInt(share.part)) / BigInt(share.of)) - taken;
    if (amount <= 0) return [];
    return [{
      key: `${context.eventId}:${programmeKey}:${rule}:${lineId ?? WHOLE_ORDER}`,
      programmeKey,
      customerId: context.customerId,
      from: 'customer:available',
      to: 'programme:issued',
      amount,
      kind: 'return',
      rule,
      at: context.occurredAt,
      eventId: context.eventId,
      orderId,
      ...(lineId === null ? {} : { lineId }),
    }];
  });
}
