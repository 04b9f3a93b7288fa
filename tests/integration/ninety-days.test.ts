/** A jump over ninety days is ninety days (§12.7): the same rows but for their ids as ninety jumps of one day, and as the simulator. */
import { expect, it } from 'vitest';
import { DAYS, ninetyDays } from '#tests/differential/ninety-days.ts';
import type { Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { forgetSandbox, runProduction } from '#tests/differential/run-production.ts';
import { runSimulation } from '#tests/differential/run-simulation.ts';
import { differenceOf } from '#tests/differential/told-history.ts';
import { withSandboxes } from '#tests/integration/with-sandboxes.ts';

const PEOPLE = 30;

let sandboxes: Sandboxes;
withSandboxes((made) => { sandboxes = made; });

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
