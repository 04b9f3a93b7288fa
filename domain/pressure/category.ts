/** What is read from a category of messages (§5.2, §5.9), apart from the schemas in `policy.ts`, so that a page can read a policy without them. */
import type { MessageCategory, PressurePolicy } from '#domain/pressure/policy.ts';

/** What consent is asked for: marketing needs it (§6.4), service messages belong to what the customer already has or does. */
export const PURPOSES = ['marketing', 'service'] as const;

/** The category of this key, or null when the policy has none. */
export const findCategory = (policy: PressurePolicy, key: string): MessageCategory | null => policy.categories.find((category) => category.key === key) ?? null;

/** The two independent switches of a category (§5.9): whether its messages pass every cap, and whether they fill it for others. */
export const capSwitches = (category: MessageCategory): { ignoresCap: boolean; counts: boolean } => ({
  ignoresCap: category.ignoresCap ?? category.transactional,
  counts: category.countsTowardsCap ?? !category.transactional,
});
