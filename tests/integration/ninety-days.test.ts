/** A jump over ninety days is ninety days (§12.7): the same rows but for their ids as ninety jumps of one day, and as the simulator. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { DAYS, ninetyDays } from '#tests/differential/ninety-days.ts';
import { openSandboxes, type Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { forgetSandbox, runProduction } from '#tests/differential/run-production.ts';
import { runSimulation } from '#tests/differential/run-simulation.ts';
import { differenceOf } from '#tests/differential/told-history.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

const PEOPLE = 30;

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

it('§12.7 one jump of ninety days leaves what ninety jumps of a day leave, and what the simulator tells', { timeout: 240_000 }, async () => {
  const season = ninetyDays(PEOPLE);
  const once = await runProduction(sandboxes, season);
  await forgetSandbox(sandboxes, once.workspaceId);
  const daily = await runProduction(sandboxes, season, DAYS);
  expect([once.stuckOn, daily.stuckOn]).toEqual([[], []]);
  expect(once.told.messages.length).toBeGreaterThan(2 * PEOPLE);
  expect(differenceOf(once.told, daily.told)).toBeNull();
  expect(differenceOf(runSimulation(season).told, once.told)).toBeNull();
});
