/** The sentence of the counter: what was earned, and what is missing to the next reward. */
import type { LoyaltyAnswer } from '#components/till/till-types.ts';

type Says = (key: string, values?: Record<string, string | number>) => string;
type Numbers = { number: (value: number) => string; money: (amountMinor: number) => string };
type Sold = { amountMinor: number; loyalty: readonly LoyaltyAnswer[] };

export const sayPoints = (says: Says, formats: Numbers, rewardName: (key: string) => Record<string, string> | undefined, text: (name: Record<string, string>) => string) => ({ amountMinor, loyalty }: Sold): string => {
  const [first] = loyalty;
  if (!first) return says('sold', { amount: formats.money(amountMinor) });
  const earned = { points: formats.number(first.points), count: first.points };
  if (!first.next) return says('earnedAll', earned);
  const name = rewardName(first.next.reward);
  return says('earnedAndNext', { ...earned, missing: formats.number(first.next.missingPoints), missingCount: first.next.missingPoints, reward: name ? text(name) : '' });
};
