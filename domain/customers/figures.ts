/**
 * Derived figures of a customer with their published definitions (§13.4): they change in the transaction of the purchase or return
 * that changes them. What depends on today (basket, days of silence) is computed on reading, never stored.
 */
import { z } from 'zod';
import { DAY_MS, type Instant } from '#domain/shared/time.ts';

/** `{}` reads as the figures of someone who never bought. Amounts are minor units of the workspace's currency. */
export const CustomerFigures = z.object({
  /** Purchases accepted and not wholly returned. */
  purchases: z.number().int().nonnegative().default(0),
  /** Sum of their amounts, less what was returned of them. */
  spendMinor: z.number().int().default(0),
  /** By `occurredAt`, so a late or historical purchase may move the first one back (§1.11). */
  firstPurchaseAt: z.number().int().nullable().default(null),
  lastPurchaseAt: z.number().int().nullable().default(null),
});
export type CustomerFigures = z.infer<typeof CustomerFigures>;

export type PurchaseFact = { amountMinor: number; occurredAt: Instant };

/** What a return takes back. `remaining` is the span of the customer's purchases that are still not wholly returned; null when none is left. */
export type ReturnFact = {
  amountMinor: number;
  /** Whether nothing of the purchase is left, now and not before. */
  completes: boolean;
  remaining: { firstPurchaseAt: Instant; lastPurchaseAt: Instant } | null;
};

/** The figures after a purchase. The order in which purchases arrive does not matter. */
export function applyPurchaseToFigures(figures: CustomerFigures, purchase: PurchaseFact): CustomerFigures {
  const { occurredAt } = purchase;
  return {
    purchases: figures.purchases + 1,
    spendMinor: figures.spendMinor + purchase.amountMinor,
    firstPurchaseAt: Math.min(figures.firstPurchaseAt ?? occurredAt, occurredAt),
    lastPurchaseAt: Math.max(figures.lastPurchaseAt ?? occurredAt, occurredAt),
  };
}

/** The figures after a return. A purchase returned to the last line leaves them as if it had never been made (§10.9). */
export function applyReturnToFigures(figures: CustomerFigures, back: ReturnFact): CustomerFigures {
  const spendMinor = figures.spendMinor - back.amountMinor;
  if (!back.completes) return { ...figures, spendMinor };
  return {
    purchases: Math.max(0, figures.purchases - 1),
    spendMinor,
    firstPurchaseAt: back.remaining?.firstPurchaseAt ?? null,
    lastPurchaseAt: back.remaining?.lastPurchaseAt ?? null,
  };
}

/** Spend per purchase, cut to a whole minor unit; null for someone who never bought. */
export const averageBasketMinor = (figures: CustomerFigures): number | null =>
  figures.purchases === 0 ? null : Math.trunc(figures.spendMinor / figures.purchases);

/** Whole days of 24 hours since the last purchase; null for someone who never bought, 0 for one dated after `at`. */
export const daysSinceLastPurchase = (figures: CustomerFigures, at: Instant): number | null =>
  figures.lastPurchaseAt === null ? null : Math.max(0, Math.floor((at - figures.lastPurchaseAt) / DAY_MS));
