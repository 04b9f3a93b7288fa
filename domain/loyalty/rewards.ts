/** Spending points (§10.7): a reward taken for a balance, and what is missing to the next one. */
import type { Transfer } from '#domain/loyalty/ledger.ts';
import type { LoyaltyProgramme, Reward } from '#domain/loyalty/programme.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';

/** Takes a reward: the transfer from `customer:available` to `programme:redeemed` under `key`; the caller grants the reward's offer in the same transaction. */
export function redeemReward(
  programme: LoyaltyProgramme,
  rewardKey: string,
  balance: number,
  context: { key: string; customerId: string; at: Instant },
): Result<{ reward: Reward; transfer: Transfer }> {
  const reward = programme.rewards.find((candidate) => candidate.key === rewardKey);
  if (!reward) return fail({ code: 'reward.unknown', message: `The programme «${programme.key}» has no reward «${rewardKey}».`, path: ['rewardKey'] });
  const missing = reward.costPoints - balance;
  if (missing > 0) {
    return fail({ code: 'reward.missingPoints', message: `This reward costs ${reward.costPoints} points; the balance is ${balance}, ${missing} are missing.`, path: ['rewardKey'] });
  }
  return ok({
    reward,
    transfer: {
      ...context, programmeKey: programme.key, from: 'customer:available', to: 'programme:redeemed', amount: reward.costPoints, kind: 'reward', rule: `reward:${reward.key}`,
    },
  });
}

export type RewardOutlook = {
  /** Rewards that the balance can buy now, the dearest first. */
  reachable: Reward[];
  /** The cheapest that it cannot, with the points missing: «38 to the next reward»; null when all are within reach. */
  next: { reward: Reward; missingPoints: number } | null;
};

/** What the till prints beside «12 points earned». */
export function missingToNextReward(programme: LoyaltyProgramme, balance: number): RewardOutlook {
  const byCost = [...programme.rewards].sort((left, right) => left.costPoints - right.costPoints);
  const next = byCost.find((reward) => reward.costPoints > balance);
  return { reachable: byCost.filter((reward) => reward.costPoints <= balance).reverse(), next: next ? { reward: next, missingPoints: next.costPoints - balance } : null };
}
