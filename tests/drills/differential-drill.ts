/** The differential drill: as many drawn cases as asked for, in the simulator and in sandboxes on servers of its own; what differs is shrunk to its smallest case. */
import { openBenchStack } from '#tests/bench/bench-stack.ts';
import { compareCases, sayDifference, shrinkCase } from '#tests/differential/compare-cases.ts';
import { openSandboxes } from '#tests/differential/open-sandboxes.ts';

const SHRINK_MS = 120_000;
const SAY_EVERY = 50;

/** Answers whether simulation and production told the same of every case. */
export async function runDifferentialDrill({ runs, seed, say }: { runs: number; seed: number; say: (line: string) => void }): Promise<boolean> {
  console.log(`Differential drill: ${runs} cases, seed ${seed}.`);
  const stack = await openBenchStack();
  const sandboxes = await openSandboxes({ databaseUrl: stack.options.databaseUrl, temporalAddress: stack.options.temporalAddress, taskQueue: 'differential' });
  try {
    const found = await compareCases(sandboxes, { seed, runs, say: (done) => void (done % SAY_EVERY === 0 && done < runs && say(`${done} of ${runs} cases compared.`)) });
    if (!found) {
      console.log(JSON.stringify({ runs, seed, different: 0 }));
      return true;
    }
    say(`Case ${found.place} of seed ${seed} differs:\n${sayDifference(found.difference)}`);
    say(`Shrinking it, for ${SHRINK_MS / 60_000} minutes at most.`);
    const smallest = await shrinkCase(sandboxes, { seed, place: found.place, within: SHRINK_MS });
    console.log(smallest ? sayDifference(smallest) : 'Run again alone, the case no longer differs.');
    console.log(JSON.stringify({ runs, seed, different: 1, place: found.place }));
    return false;
  } finally {
    await sandboxes.close();
    await stack.close();
  }
}
