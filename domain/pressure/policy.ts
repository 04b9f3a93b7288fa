/**
 * What a workspace says about pressure: the categories of its messages with their cost, and the rules that a message must all
 * pass (§5.2, §5.3). It is data: written by API or file, kept with a revision, and read anew by each decision (§5.13).
 */
import { z } from 'zod';
import { CALL_REACH_SECONDS } from '#domain/messages/call-rules.ts';
import { CALENDAR_UNITS } from '#domain/pressure/calendar-units.ts';
import { PURPOSES } from '#domain/pressure/category.ts';

const Key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'use lower-case letters, digits, - and _, at most 64');

/** A nature of message. Weights are whole numbers, so that sums are exact; a finer scale is 10 and 25 in place of 1 and 2.5. */
export const MessageCategory = z.object({
  key: Key,
  /** Its name by BCP 47 tag. */
  names: z.record(z.string().min(2), z.string().min(1)).refine((names) => Object.keys(names).length > 0, 'give a name in one language at least'),
  /** What one message costs of a maximum weight. */
  weight: z.number().int().min(0).max(1_000),
  /** The priority of its messages when they say nothing else; 100 goes first. */
  priority: z.number().int().min(0).max(100),
  /** Its place among categories of equal priority; 1 goes before 2. */
  rank: z.number().int().min(0).max(1_000),
  transactional: z.boolean(),
  purpose: z.enum(PURPOSES),
  /** When absent: as `transactional` says (§5.9). */
  ignoresCap: z.boolean().optional(),
  /** When absent: the contrary of `transactional` (§5.9). */
  countsTowardsCap: z.boolean().optional(),
});
export type MessageCategory = z.infer<typeof MessageCategory>;

export const PressureScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everyone') }),
  z.object({ kind: z.literal('channel'), channel: z.string().min(1) }),
  z.object({ kind: z.literal('category'), category: Key }),
  z.object({ kind: z.literal('sender'), sender: z.string().min(1) }),
]);
export type PressureScope = z.infer<typeof PressureScope>;

const LONGEST_SECONDS = 366 * 86_400;

/** A rolling window holds the instants after its end minus its length, up to its end; a calendar one is the customer's own hour, day, week (from Monday), month or year. */
export const PressureWindow = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rolling'), seconds: z.number().int().min(1).max(LONGEST_SECONDS) }),
  z.object({ kind: z.literal('calendar'), unit: z.enum(CALENDAR_UNITS) }),
]);
export type PressureWindow = z.infer<typeof PressureWindow>;

/** A maximum of 0 lets nothing of its scope through. A rule that only sets an interval needs no window. */
export const PressureRule = z
  .object({
    key: Key,
    name: z.string().min(1).optional(),
    scope: PressureScope,
    window: PressureWindow.optional(),
    maximumWeight: z.number().int().min(0).optional(),
    maximumCount: z.number().int().min(0).optional(),
    minimumIntervalSeconds: z.number().int().min(1).max(LONGEST_SECONDS).optional(),
  })
  .superRefine((rule, context) => {
    const capped = rule.maximumWeight !== undefined || rule.maximumCount !== undefined;
    if (!capped && rule.minimumIntervalSeconds === undefined) {
      context.addIssue({ code: 'custom', path: [], message: 'set a maximum weight, a maximum count or a minimum interval' });
    }
    if (capped && !rule.window) context.addIssue({ code: 'custom', path: ['window'], message: 'a maximum needs a window' });
  });
export type PressureRule = z.infer<typeof PressureRule>;

export const PressurePolicy = z
  .object({ formatVersion: z.literal(1), categories: z.array(MessageCategory).min(1).max(100), rules: z.array(PressureRule).max(50) })
  .superRefine((policy, context) => {
    for (const list of ['categories', 'rules'] as const) {
      const seen = new Set<string>();
      policy[list].forEach(({ key }, index) => {
        if (seen.has(key)) context.addIssue({ code: 'custom', path: [list, index, 'key'], message: `${key} is there twice` });
        seen.add(key);
      });
    }
    policy.rules.forEach(({ scope }, index) => {
      if (scope.kind === 'category' && !policy.categories.some(({ key }) => key === scope.category)) {
        context.addIssue({ code: 'custom', path: ['rules', index, 'scope', 'category'], message: `there is no category ${scope.category}` });
      }
    });
  });
export type PressurePolicy = z.infer<typeof PressurePolicy>;

const UNIT_SECONDS = { hour: 3 * 3_600, day: 2 * 86_400, week: 9 * 86_400, month: 33 * 86_400, year: 368 * 86_400 } as const;

/**
 * How far from its instant, in seconds, a decision can see under this policy: entries further back than that change nothing and
 * need not be loaded. Calendar units are rounded up by more than any change of clocks; 0 when the policy has no rule.
 */
export function reachSeconds(policy: PressurePolicy): number {
  const reaches = policy.rules.map(({ window, minimumIntervalSeconds = 0 }) =>
    Math.max(minimumIntervalSeconds, window === undefined ? 0 : window.kind === 'rolling' ? window.seconds : UNIT_SECONDS[window.unit]));
  return Math.max(0, ...reaches);
}

/** How far back the ledger is loaded: what the policy can see, and what the law counts whatever the policy says (§6.3). */
export const ledgerReachSeconds = (policy: PressurePolicy): number => Math.max(reachSeconds(policy), CALL_REACH_SECONDS);

export { capSwitches, findCategory } from '#domain/pressure/category.ts';
