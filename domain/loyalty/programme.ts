/** A loyalty programme in points: how they are earned (a base rule, then bonuses in order) and what they buy (§10.2, §10.3, §10.4, §10.7). */
import { z } from 'zod';
import { TextVariants } from '#domain/shared/text-variants.ts';

const Key = z.string().regex(/^[a-z][a-zA-Z0-9_-]{0,59}$/, 'a key begins with a small letter and has letters, digits, - and _');
const Points = z.number().int().positive().max(1_000_000);

/** So many points for each full `perMinor` of the eligible amount; `total` is the purchase's whole amount (§10.16). */
export const BaseRule = z.strictObject({ key: Key, kind: z.literal('perAmount'), points: Points, perMinor: z.number().int().positive(), eligible: z.literal('total').default('total') });
export type BaseRule = z.infer<typeof BaseRule>;

/** When a bonus counts; all that is given must hold. `from` and `to` are instants, `to` not included; weekdays are the store's (1 is Monday). */
export const BonusCondition = z.strictObject({
  categories: z.array(z.string().min(1)).min(1).optional(),
  stores: z.array(z.string().min(1)).min(1).optional(),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).optional(),
  from: z.number().int().optional(),
  to: z.number().int().optional(),
  minimumSpendMinor: z.number().int().positive().optional(),
});
export type BonusCondition = z.infer<typeof BonusCondition>;

/**
 * A bonus gives `points`, or is a `factor` («times 2»). How it stacks is explicit: `adds` reckons a factor on the base points alone, `multiplies` on
 * all that was earned before it in the order, and of the bonuses of one group only the best counts, reckoned as `adds`.
 */
export const Bonus = z.strictObject({
  key: Key,
  order: z.number().int(),
  stacking: z.enum(['adds', 'multiplies', 'bestOfGroup']),
  group: Key.optional(),
  when: BonusCondition.default({}),
  points: Points.optional(),
  factor: z.number().gt(1).max(100).multipleOf(0.01).optional(),
})
  .refine((bonus) => (bonus.points === undefined) !== (bonus.factor === undefined), { message: 'a bonus gives either points or a factor', path: ['points'] })
  .refine((bonus) => bonus.stacking !== 'multiplies' || bonus.factor !== undefined, { message: 'a bonus that multiplies has a factor', path: ['factor'] })
  .refine((bonus) => (bonus.stacking === 'bestOfGroup') === (bonus.group !== undefined), { message: 'a group belongs to «best of its group», and to it alone', path: ['group'] });
export type Bonus = z.infer<typeof Bonus>;

/** What points buy: a voucher of an offer. */
export const Reward = z.strictObject({ key: Key, name: TextVariants, costPoints: Points, offerKey: Key });
export type Reward = z.infer<typeof Reward>;

const areUnique = (keys: string[]): boolean => new Set(keys).size === keys.length;

export const LoyaltyProgramme = z.strictObject({
  key: Key,
  name: TextVariants,
  unit: z.literal('points'),
  earn: z.strictObject({ base: BaseRule, bonuses: z.array(Bonus).max(100).default([]) }),
  rewards: z.array(Reward).max(100).default([]),
  /** What a point is worth, for the liability and beside balances (§10.14, §10.19). */
  pointValueMinor: z.number().nonnegative().optional(),
})
  .refine(({ earn }) => areUnique([earn.base.key, ...earn.bonuses.map((bonus) => bonus.key)]), { message: 'each rule has a key of its own', path: ['earn', 'bonuses'] })
  .refine(({ rewards }) => areUnique(rewards.map((reward) => reward.key)), { message: 'each reward has a key of its own', path: ['rewards'] });
export type LoyaltyProgramme = z.infer<typeof LoyaltyProgramme>;
