/** Splits by weight, always the same way for the same customer and node; with a test, everybody goes to the winner once it is decided (§4.2). */
import { z } from 'zod';
import { stableHash } from '#domain/shared/stable-hash.ts';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';
import { SplitTest, winnerKey } from '#domain/journeys/split-test.ts';

export const RandomSplitSettings = z.strictObject({
  branches: z.array(z.strictObject({ key: z.string().regex(/^[a-z][a-zA-Z0-9]{0,29}$/), weight: z.number().int().min(0).max(1_000) })).min(2).max(10),
  /** Chooses the winner by a goal. */
  test: SplitTest.optional(),
});
export type RandomSplitSettings = z.infer<typeof RandomSplitSettings>;

/** The branch of a customer: the hash's point on the line of weights laid end to end. */
export function chooseBranch(settings: RandomSplitSettings, customerId: string, nodeId: string): string {
  const total = settings.branches.reduce((sum, branch) => sum + branch.weight, 0);
  let point = stableHash('split', customerId, nodeId) * total;
  for (const branch of settings.branches) {
    point -= branch.weight;
    if (point < 0) return branch.key;
  }
  return settings.branches[settings.branches.length - 1]!.key;
}

export const randomSplitNode = defineNodeKind({
  kind: 'randomSplit',
  family: 'decide',
  settings: RandomSplitSettings,
  defaults: (): RandomSplitSettings => ({ branches: [{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }] }),
  ports: ({ branches }) => branches.map((branch) => branch.key),
  validate: ({ branches, test }) => {
    if (new Set(branches.map((branch) => branch.key)).size !== branches.length) {
      return [{ code: 'split.doubleKey', message: 'Two branches have the same key: give each its own.', path: ['branches'] }];
    }
    if (branches.every((branch) => branch.weight === 0)) {
      return [{ code: 'split.noWeight', message: 'All weights are 0: give at least one branch a weight.', path: ['branches'] }];
    }
    if (test && branches.filter((branch) => branch.weight > 0).length < 2) {
      return [{ code: 'split.testOfOne', message: 'A test compares two branches at least: give them a weight.', path: ['branches'] }];
    }
    if (test && 'hours' in test.decideAfter && test.decideAfter.hours <= test.withinHours) {
      return [{ code: 'split.decidesTooSoon', message: 'The test is decided before anybody has had their time to reach the goal: decide later.', path: ['test', 'decideAfter'] }];
    }
    return [];
  },
  waits: false,
  cost: NO_COST,
  hears: ({ test }) => (test ? [test.goal.type] : []),
  step: ({ settings, facts, nodeId, rules, journey, now }) => {
    const winner = settings.test && rules.winners?.[winnerKey(journey.id, nodeId)];
    const wins = winner && now > winner.since && settings.branches.some(({ key }) => key === winner.branch);
    return wins ? { kind: 'go', port: winner.branch, detail: { winner: true } } : { kind: 'go', port: chooseBranch(settings, facts.customerId, nodeId) };
  },
});
