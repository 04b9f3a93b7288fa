/**
 * Reads the CDNOW purchases: a line of headings, then customer, day, number of CDs and dollars on each line. Every line is a purchase of its
 * own, even one that stands there twice, so its id and its order are made of its line number; the lines are read, posted and answered in date order.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A line of the file; `line` counts from 1, the headings being the first. */
export type PurchaseLine = { line: number; customer: string; day: string; quantity: number; amountMinor: number };
export type PostedPurchase = {
  id: string; type: 'purchase'; occurredAt: string; historical: true; customer: { externalId: string };
  properties: { orderId: string; amountMinor: number; currency: 'USD'; quantity: number };
};

const LINE = /^\s*(\d+)\s+(\d{4})(\d\d)(\d\d)\s+(\d+)\s+(\d+)\.(\d\d)\s*$/;

/** The purchases of a file in date order, those of one day in the order of the file. A line that is none of them is an error with its number. */
export async function readPurchases(path: string): Promise<PurchaseLine[]> {
  const purchases: PurchaseLine[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    line += 1;
    if (line === 1 || text.trim() === '') continue;
    const [, customer, year, month, day, quantity, dollars, cents] = LINE.exec(text) ?? [];
    if (customer === undefined) throw new Error(`Line ${line} of ${path} is no purchase: «${text.slice(0, 80)}».`);
    purchases.push({ line, customer, day: `${year}-${month}-${day}`, quantity: Number(quantity), amountMinor: Number(dollars) * 100 + Number(cents) });
  }
  return purchases.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.line - b.line));
}

/** The event of a line. The file knows days only, so each purchase is dated at noon, UTC. */
export const purchaseEvent = ({ line, customer, day, quantity, amountMinor }: PurchaseLine): PostedPurchase => ({
  id: `cdnow-${line}`,
  type: 'purchase',
  occurredAt: `${day}T12:00:00Z`,
  historical: true,
  customer: { externalId: customer },
  properties: { orderId: `cdnow-${line}`, amountMinor, currency: 'USD', quantity },
});

/** Shares the purchases out over lanes: a customer's are all in one lane, in date order, so lanes may be posted beside each other. */
export function shareOut(purchases: PurchaseLine[], lanes: number): PurchaseLine[][] {
  const shares: PurchaseLine[][] = Array.from({ length: lanes }, () => []);
  for (const purchase of purchases) shares[Number(purchase.customer) % lanes]?.push(purchase);
  return shares;
}

/** The programme that a replay counts in. */
export const ONE_POINT_PER_DOLLAR = {
  key: 'points', name: { en: 'Points' }, unit: 'points', rewards: [],
  earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100, eligible: 'total' }, bonuses: [] },
} as const;
