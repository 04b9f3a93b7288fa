/** Spreads a whole amount over lines by largest remainder: the parts sum to the amount exactly, and no part is off by a whole unit (§10.3). */
import { invariant } from '#domain/shared/invariant.ts';

/**
 * One part per weight, in the same order. Equal remainders go to the earlier line; when all weights are zero, lines share alike. The amount is
 * a whole number ≥ 0, weights are whole numbers ≥ 0; arithmetic is exact at any size.
 */
export function spreadOverLines(amount: number, weights: readonly number[]): number[] {
  invariant(weights.length > 0 && Number.isSafeInteger(amount) && amount >= 0, 'a whole amount is spread over at least one line');
  const shares = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
  const total = shares.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const parts = shares.map((weight) => Number((BigInt(amount) * BigInt(weight)) / total));
  const remainders = shares.map((weight, index) => ({ index, remainder: (BigInt(amount) * BigInt(weight)) % total }));
  remainders.sort((left, right) => (left.remainder === right.remainder ? left.index - right.index : left.remainder > right.remainder ? -1 : 1));
  const left = amount - parts.reduce((sum, part) => sum + part, 0);
  for (const { index } of remainders.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
