/** What a till says when something is bought or brought back (§10.20). Amounts are minor units of the workspace's currency; other properties are kept. */
import { z } from 'zod';

const Id = z.string().min(1).max(200);
const AmountMinor = z.number().int().nonnegative().max(1_000_000_000_000);
const Quantity = z.number().positive().max(1_000_000);
const areUnique = (lines: { lineId: string }[]): boolean => new Set(lines.map((line) => line.lineId)).size === lines.length;

export const PurchaseLine = z.looseObject({
  lineId: Id,
  sku: Id,
  quantity: Quantity.default(1),
  amountMinor: AmountMinor,
  categories: z.array(z.string().min(1).max(200)).max(50).default([]),
});
export type PurchaseLine = z.infer<typeof PurchaseLine>;

/** The lines need not sum to the amount: discounts and delivery may stand between. */
export const Purchase = z.looseObject({
  orderId: Id,
  amountMinor: AmountMinor,
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters (ISO 4217)'),
  lines: z.array(PurchaseLine).max(1_000).refine(areUnique, 'each line has a lineId of its own').optional(),
});
export type Purchase = z.infer<typeof Purchase>;

/** A line given back: all that is left of it, or a quantity, or an amount of it. */
export const ReturnLine = z.looseObject({ lineId: Id, quantity: Quantity.optional(), amountMinor: AmountMinor.optional() });
export type ReturnLine = z.infer<typeof ReturnLine>;

/** Without lines, the whole order comes back. */
export const Return = z.looseObject({
  orderId: Id,
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters (ISO 4217)').optional(),
  lines: z.array(ReturnLine).min(1).max(1_000).refine(areUnique, 'each line is named once').optional(),
});
export type Return = z.infer<typeof Return>;
