/** Simulation is production on another clock (§12.3, §12.7): drawn journeys, customers and events give the same lines in the simulator and in a sandbox on real Postgres and real Temporal. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { compareCases, sayDifference } from '#tests/differential/compare-cases.ts';
import { openSandboxes, type Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

const RUNS = 60;
/** The same cases in every run, so that a change is blamed for what it did; the drill draws others. */
const SEED = Number(process.env['DIFFERENTIAL_SEED'] ?? 29);

let made: TestDatabase;
let sandboxes: Sandboxes;
beforeAll(async () => {
  made = await createTestDatabase();
  sandboxes = await openSandboxes({ databaseUrl: made.url, temporalAddress: inject('temporalAddress'), taskQueue: `test-${made.name}` });
});
afterAll(async () => {
  await sandboxes.close();
  await made.drop();
});

describe('simulation and production', () => {
  it(`tell the same of ${RUNS} drawn cases (seed ${SEED})`, { timeout: 240_000 }, async () => {
    const found = await compareCases(sandboxes, { seed: SEED, runs: RUNS });
    expect(found && `Seed ${SEED}, case ${found.place}: npm run drill -- differential --seed ${SEED} --runs ${RUNS} shrinks it.\n${sayDifference(found.difference)}`).toBeNull();
  });
});
