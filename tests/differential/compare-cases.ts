/** Simulation = production: drawn cases, 16 sandboxes side by side, every trace line, message, posting and voucher compared. */
import fc from 'fast-check';
import { drawnCase, type DrawnCase } from '#tests/differential/draw-case.ts';
import type { Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { recomputeCustomers } from '#tests/differential/recompute-customers.ts';
import { forgetSandbox, runProduction } from '#tests/differential/run-production.ts';
import { runSimulation } from '#tests/differential/run-simulation.ts';
import { differenceOf } from '#tests/differential/told-history.ts';

const SIDE_BY_SIDE = 16;
const MOST_MOMENTS = 15;
const FEWEST_LINES = 4;

/** Cases in which something happens, in at most fifteen moments, and whose outcome is promised. */
export const comparableCase = drawnCase.filter((drawn) => {
  const { moments, races, told } = runSimulation(drawn);
  return moments <= MOST_MOMENTS && !races && told.traces.length >= FEWEST_LINES;
});

export type Difference = { drawn: DrawnCase; onlySimulated: string[]; onlyProduced: string[]; stuckOn: unknown[]; recomputed: string[] };

/** Runs a case in both and answers how they differ; null when they do not. */
export async function compareCase(sandboxes: Sandboxes, drawn: DrawnCase): Promise<Difference | null> {
  const simulated = runSimulation(drawn);
  const { workspaceId, told, stuckOn } = await runProduction(sandboxes, drawn);
  const recomputed = await recomputeCustomers(sandboxes, workspaceId, drawn);
  await forgetSandbox(sandboxes, workspaceId);
  const difference = differenceOf(simulated.told, told);
  return difference || stuckOn.length > 0 || recomputed.length > 0 ? { drawn, onlySimulated: [], onlyProduced: [], ...difference, stuckOn, recomputed } : null;
}

/** Compares so many cases of a seed; answers the first that differs by its place, null when none does. */
export async function compareCases(sandboxes: Sandboxes, { seed, runs, say = () => {} }: { seed: number; runs: number; say?: (done: number) => void }): Promise<{ place: number; difference: Difference } | null> {
  const cases = fc.sample(comparableCase, { seed, numRuns: runs }).map((drawn, place) => ({ drawn, place }));
  const found: { place: number; difference: Difference }[] = [];
  const waiting = [...cases];
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (let next = waiting.shift(); next && found.length === 0; next = waiting.shift()) {
      const difference = await compareCase(sandboxes, next.drawn);
      if (difference) found.push({ place: next.place, difference });
      say(runs - waiting.length);
    }
  }));
  return found.sort((a, b) => a.place - b.place)[0] ?? null;
}

/** Shrinks the case at a place of a seed to the smallest that still differs. */
export async function shrinkCase(sandboxes: Sandboxes, { seed, place, within }: { seed: number; place: number; within: number }): Promise<Difference | null> {
  let smallest: Difference | null = null;
  await fc.check(fc.asyncProperty(comparableCase, async (drawn) => {
    const difference = await compareCase(sandboxes, drawn);
    if (difference) smallest = difference;
    return difference === null;
  }), { seed, path: String(place), numRuns: 1, interruptAfterTimeLimit: within });
  return smallest;
}

/** A difference as a person reads it. */
export const sayDifference = ({ drawn, onlySimulated, onlyProduced, stuckOn, recomputed }: Difference): string =>
  [JSON.stringify(drawn), '', ...onlySimulated.map((line) => `only simulated: ${line}`), ...onlyProduced.map((line) => `only produced:  ${line}`), ...stuckOn.map((stuck) => `stuck: ${JSON.stringify(stuck)}`), ...recomputed.map((line) => `recomputed, ${line}`)].join('\n');
