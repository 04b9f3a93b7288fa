/** The alarm clock against servers that know nothing of us, and against none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '#bin/free-port.ts';
import type { SleepingCohort } from '#engine/engine.ts';
import { openTemporalClient, type TemporalClient } from '#temporal/client.ts';
import { cohortWorkflowId, createCohortTimer } from '#temporal/cohort-timer.ts';
import { startTemporal, type TemporalServer } from '#temporal/server.ts';

let server: TemporalServer;
let client: TemporalClient;
beforeAll(async () => {
  server = await startTemporal({ port: await findFreePort() });
  client = openTemporalClient({ address: server.address, namespace: 'default' });
});
afterAll(async () => {
  await client.server.close();
  await server.stop();
});

const cohort = (cohortId: string, delayMs: number, more: Partial<SleepingCohort> = {}): SleepingCohort => ({
  workspaceId: 'w', cohortId, versionId: 'v', journeyId: 'j', journeyName: 'Welcome', versionNumber: 4, wakeAt: Date.UTC(2026, 10, 22, 9), delayMs, ...more,
});
const HOUR = 3_600_000;

describe('the cohort timer', () => {
  it('starts a workflow on a cluster that does not know the search attributes yet, and lets it know them', async () => {
    const timer = createCohortTimer(client);
    expect(await timer.arm([cohort('first', HOUR)])).toEqual(['first']);
    const described = await client.workflow.getHandle('journey/v/2026-11-22T09:00Z/first').describe();
    expect(described.status.name).toBe('RUNNING');
    expect(await described.staticSummary()).toBe('Welcome v4 · 2026-11-22T09:00Z');
    const known = async (): Promise<boolean> => {
      await timer.arm([cohort('later', HOUR, { replaces: true })]);
      const { typedSearchAttributes } = await client.workflow.getHandle(cohortWorkflowId(cohort('later', HOUR))).describe();
      return typedSearchAttributes.getAll().length >= 3;
    };
    await expect.poll(known, { timeout: 20_000 }).toBe(true);
  });

  it('lets one workflow sleep for a cohort however often it is armed, and replaces it when the clock has jumped', async () => {
    const timer = createCohortTimer(client);
    const runIdOf = async (): Promise<string> => (await client.workflow.getHandle(cohortWorkflowId(cohort('one', 0))).describe()).runId;
    await timer.arm([cohort('one', HOUR)]);
    const first = await runIdOf();
    await timer.arm([cohort('one', 2 * HOUR)]);
    expect(await runIdOf()).toBe(first);
    await timer.arm([cohort('one', 2 * HOUR, { replaces: true })]);
    expect(await runIdOf()).not.toBe(first);
  });

  it('never throws: with no server it answers after three seconds at most, then at once for a second', async () => {
    const nowhere = openTemporalClient({ address: `127.0.0.1:${await findFreePort()}`, namespace: 'default' });
    const failures: unknown[] = [];
    const timer = createCohortTimer(nowhere, { onFailure: (error) => failures.push(error) });
    const timed = async (): Promise<number> => {
      const since = performance.now();
      expect(await timer.arm(Array.from({ length: 50 }, (_, index) => cohort(`c${index}`, HOUR)))).toEqual([]);
      return performance.now() - since;
    };
    expect(await timed()).toBeLessThan(4_500);
    expect(await timed()).toBeLessThan(200);
    expect(failures.length).toBe(1);
    await nowhere.server.close();
  });
});
