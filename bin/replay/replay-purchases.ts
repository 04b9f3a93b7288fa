/**
 * Posts purchases through the public API, a thousand at a time, a few posts beside each other, in date order for each customer, and sums what the
 * API has answered.
 */
import { postEvents, type EventAnswer, type EventDoor } from '#bin/replay/post-events.ts';
import { purchaseEvent, shareOut, type PurchaseLine } from '#bin/replay/read-purchases.ts';

/**
 * `accepted` are the lines that the workspace now holds, by this replay or an earlier one; `duplicates` those of them that it held before.
 * `customers`, `amountMinor` and `points` are theirs, so a second replay changes `duplicates` alone.
 */
export type ReplayTotals = { accepted: number; duplicates: number; rejected: number; customers: number; amountMinor: number; points: number };

const PER_POST = 1_000;
const LANES = 4;

function add(totals: ReplayTotals, customers: Set<string>, { amountMinor }: PurchaseLine, answer: EventAnswer | undefined): void {
  if (!answer || answer.status === 'rejected' || answer.status === 'quarantined' || answer.code !== undefined) {
    totals.rejected += 1;
    return;
  }
  totals.accepted += 1;
  if (answer.status === 'duplicate') totals.duplicates += 1;
  if (answer.customerId) customers.add(answer.customerId);
  totals.amountMinor += amountMinor;
  totals.points += (answer.loyalty ?? []).reduce((sum, { points }) => sum + points, 0);
}

/** `progress` hears how many lines are done, after each post. */
export async function replayPurchases(door: EventDoor, purchases: PurchaseLine[], progress: (done: number) => void = () => {}): Promise<ReplayTotals> {
  const totals: ReplayTotals = { accepted: 0, duplicates: 0, rejected: 0, customers: 0, amountMinor: 0, points: 0 };
  const customers = new Set<string>();
  await Promise.all(shareOut(purchases, LANES).map(async (lane) => {
    for (let from = 0; from < lane.length; from += PER_POST) {
      const lines = lane.slice(from, from + PER_POST);
      const { answers } = await postEvents(door, lines.map(purchaseEvent));
      lines.forEach((line, index) => add(totals, customers, line, answers[index]));
      progress(totals.accepted + totals.rejected);
    }
  }));
  return { ...totals, customers: customers.size };
}
