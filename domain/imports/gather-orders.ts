/**
 * Rows of purchases and returns become events: rows of one order that follow one another are its lines. The id of each event is made of the order's own,
 * so a file that is brought in again doubles nothing (§11.3).
 */
import { formatInstant } from '#domain/shared/time.ts';
import type { LineOfRow, PurchaseRow, ReturnRow } from './read-row.ts';

/** A row with where it stands in the file. */
export type Placed<R> = { line: number; row: R };
/** What is posted, and the lines of the file it was made of. */
export type OrderEvent = { lines: number[]; event: Record<string, unknown> };

const keyOf = (row: PurchaseRow | ReturnRow): string => (row.kind === 'returns' ? `${row.returnId ?? ''} ${row.orderId}` : row.orderId);

/** Whether the second row goes on with the order of the first. */
export const goesOn = (first: PurchaseRow | ReturnRow, second: PurchaseRow | ReturnRow): boolean => keyOf(first) === keyOf(second);

function grouped<R extends PurchaseRow | ReturnRow>(rows: readonly Placed<R>[]): [Placed<R>, ...Placed<R>[]][] {
  const groups: [Placed<R>, ...Placed<R>[]][] = [];
  for (const placed of rows) {
    const last = groups.at(-1);
    if (last && goesOn(last[0].row, placed.row)) last.push(placed);
    else groups.push([placed]);
  }
  return groups;
}

const idOf = (line: LineOfRow, index: number): string => line.lineId ?? String(index + 1);

function purchaseOf(group: [Placed<PurchaseRow>, ...Placed<PurchaseRow>[]], context: { currency: string; historical: boolean }): OrderEvent {
  const { row: first } = group[0];
  const lines = group.flatMap(({ row }) => row.line ?? []);
  const whole = lines.flatMap((line, index) => (line.sku === null ? [] : [{ lineId: idOf(line, index), sku: line.sku, quantity: line.quantity ?? 1, amountMinor: line.amountMinor ?? (lines.length === 1 ? (first.amountMinor ?? 0) : 0), categories: line.categories }]));
  const amountMinor = first.amountMinor ?? lines.reduce((sum, line) => sum + (line.amountMinor ?? 0), 0);
  const customer = Object.fromEntries(first.identifiers.map(({ kind, value }) => [kind, value]));
  return {
    lines: group.map(({ line }) => line),
    event: {
      id: `import:purchase:${first.orderId}`, type: 'purchase', occurredAt: formatInstant(first.occurredAt), historical: context.historical, ...(first.identifiers.length > 0 && { customer }), ...(first.store !== null && { store: first.store }),
      properties: { orderId: first.orderId, amountMinor, currency: first.currency ?? context.currency, ...(whole.length > 0 && { lines: whole }) },
    },
  };
}

function returnOf(group: [Placed<ReturnRow>, ...Placed<ReturnRow>[]], { historical }: { historical: boolean }): OrderEvent {
  const { row: first } = group[0];
  const lines = group.flatMap(({ row: { line } }) => (line?.lineId ? [{ lineId: line.lineId, ...(line.quantity !== null && { quantity: line.quantity }), ...(line.amountMinor !== null && { amountMinor: line.amountMinor }) }] : []));
  // Without a number of its own, a return is told apart by the moment at which its order came back.
  const key = first.returnId ?? `${first.orderId}:${formatInstant(first.occurredAt)}`;
  return {
    lines: group.map(({ line }) => line),
    event: {
      id: `import:return:${key}`, type: 'return', occurredAt: formatInstant(first.occurredAt), historical, ...(first.store !== null && { store: first.store }),
      properties: { orderId: first.orderId, ...(lines.length > 0 && { lines }) },
    },
  };
}

export const gatherPurchases = (rows: readonly Placed<PurchaseRow>[], context: { currency: string; historical: boolean }): OrderEvent[] => grouped(rows).map((group) => purchaseOf(group, context));
export const gatherReturns = (rows: readonly Placed<ReturnRow>[], context: { historical: boolean }): OrderEvent[] => grouped(rows).map((group) => returnOf(group, context));
