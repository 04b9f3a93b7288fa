/** Simulation is production on another clock (§12.3, §12.7): drawn journeys, customers and events give the same lines in the simulator and in a sandbox on real Postgres and real Temporal. */
import { describe, expect, it } from 'vitest';
import { compareCases, sayDifference } from '#tests/differential/compare-cases.ts';
import type { Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { withSandboxes } from '#tests/integration/with-sandboxes.ts';

const RUNS = 60;
/** The same cases in every run, so that a change is blamed for what it did; the drill draws others. */
const SEED = Number(process.env['DIFFERENTIAL_SEED'] ?? 29);

let sandboxes: Sandboxes;
withSandboxes((made) => { sandboxes = made; });

describe('simulation and production', () => {
  it(`tell the same of ${RUNS} drawn cases (seed ${SEED})`, { timeout: 240_000 }, async () => {
    const found = await compareCases(sandboxes, { seed: SEED, runs: RUNS });
    expect(found && `Seed ${SEED}, case ${found.place}: npm run drill -- differential --seed ${SEED} --runs ${RUNS} shrinks it.\n${sayDifference(found.difference)}`).toBeNull();
  });
});
