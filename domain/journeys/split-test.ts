/**
 * The A/B test of a split (§4.2): branches by weight until it is decided, then everybody to the branch whose people reached the goal most often. The moment of
 * the decision is computed from who passed when, so it is the same whoever looks, and when.
 */
import { z } from 'zod';
import { EventMatcher } from '#domain/events/customer-event.ts';
import { HOUR_MS, type Instant } from '#domain/shared/time.ts';

/** Fewer people than these say nothing. */
export const FEWEST_PEOPLE = 20;

export const SplitTest = z.strictObject({
  /** What a person has to do to count for their branch. */
  goal: EventMatcher,
  /** How long after the split it counts: for everybody as long, so that who came last is not behind. */
  withinHours: z.number().int().min(1).max(2_160),
  /** Once so many people have had that long, or so long after the first of them, counting those who have. */
  decideAfter: z.union([z.strictObject({ people: z.number().int().min(FEWEST_PEOPLE).max(1_000_000) }), z.strictObject({ hours: z.number().int().min(1).max(8_760) })]),
});
export type SplitTest = z.infer<typeof SplitTest>;

/** The first time that a person passed the split. */
export type SplitPass = { customerId: string; branch: string; at: Instant };
export type BranchFigures = { branch: string; people: number; converted: number };

const byTime = (a: SplitPass, b: SplitPass): number => a.at - b.at || (a.customerId < b.customerId ? -1 : 1);

/** When the test is decided; null while too few have passed to know. `passes`: one per person. */
export function decidesAt({ withinHours, decideAfter }: SplitTest, passes: readonly SplitPass[]): Instant | null {
  const sorted = [...passes].sort(byTime);
  if ('hours' in decideAfter) return sorted[0] ? sorted[0].at + decideAfter.hours * HOUR_MS : null;
  const last = sorted[decideAfter.people - 1];
  return last ? last.at + withinHours * HOUR_MS : null;
}

/** What each branch has come to at an instant: those who have had their time since the split, and of them those who reached the goal in it. */
export function countBranches({ withinHours }: SplitTest, branches: readonly string[], passes: readonly SplitPass[], goals: readonly { customerId: string; at: Instant }[], at: Instant): BranchFigures[] {
  const within = withinHours * HOUR_MS;
  const reached = new Map<string, Instant[]>();
  for (const goal of goals) reached.set(goal.customerId, [...(reached.get(goal.customerId) ?? []), goal.at]);
  const ripe = passes.filter((pass) => pass.at + within <= at);
  const hasReached = (pass: SplitPass): boolean => (reached.get(pass.customerId) ?? []).some((when) => when > pass.at && when < pass.at + within);
  return branches.map((branch) => {
    const mine = ripe.filter((pass) => pass.branch === branch);
    return { branch, people: mine.length, converted: mine.filter(hasReached).length };
  });
}

const shareOf = ({ people, converted }: BranchFigures): number => (people === 0 ? 0 : converted / people);

/** The branch with the greatest share; null when nobody reached the goal, or two are level: then the weights stay. */
export function chooseWinner(figures: readonly BranchFigures[]): string | null {
  const [first, second] = [...figures].sort((a, b) => shareOf(b) - shareOf(a));
  if (!first || first.converted === 0 || (second && shareOf(second) === shareOf(first))) return null;
  return first.branch;
}

/** Abramowitz and Stegun 7.1.26: the error function to within 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.327_591_1 * x);
  return 1 - ((((1.061_405_429 * t - 1.453_152_027) * t + 1.421_413_741) * t - 0.284_496_736) * t + 0.254_829_592) * t * Math.exp(-x * x);
}

/**
 * How sure the best is better than the next, from 0 to 1: one less the two-sided probability that two branches which are alike differ as much (the
 * z-test of two proportions, pooled). Null where the counts are too small for it (fewer than five who did, or did not, expected in a branch).
 */
export function sureness(figures: readonly BranchFigures[]): number | null {
  const [first, second] = [...figures].sort((a, b) => shareOf(b) - shareOf(a));
  if (!first || !second || first.people === 0 || second.people === 0) return null;
  const pooled = (first.converted + second.converted) / (first.people + second.people);
  const smallest = Math.min(first.people, second.people) * Math.min(pooled, 1 - pooled);
  if (smallest < 5) return null;
  const z = (shareOf(first) - shareOf(second)) / Math.sqrt(pooled * (1 - pooled) * (1 / first.people + 1 / second.people));
  return errorFunction(z / Math.SQRT2);
}

/** The test goes on over versions as long as its branches, goal and times are these. */
export const testSignature = (test: SplitTest, branches: readonly string[]): string => JSON.stringify([test.goal, test.withinHours, test.decideAfter, [...branches].sort()]);

/** Where the winner of a split is kept among the rules of a workspace. */
export const winnerKey = (journeyId: string, nodeId: string): string => `${journeyId}:${nodeId}`;
