/** After a burst has committed: makes sure that something sleeps for each cohort it put people into (ARCHITECTURE 1.3). Where the clock stands, nothing is armed. */
import { inWorkspace } from '#db/connection.ts';
import type { Engine, SleepingCohort } from './engine.ts';

/** A wake nearer than this is signalled even if something sleeps already: a run about to end must look again. */
const SIGNAL_BELOW_MS = 1_000;

type CohortRow = {
  id: string; version_id: string; wake_at: Date; armed_at: Date | null; number: number; journey_id: string; name: string; now: Date; stands: boolean;
};

/** Arms what is unarmed, and signals what is due within a second or past. What could not be armed stays unarmed for the sweep. */
export async function armCohorts(engine: Engine, workspaceId: string, cohortIds: string[]): Promise<void> {
  const cohorts = await inWorkspace(engine.database, workspaceId, async (transaction): Promise<SleepingCohort[]> => {
    const rows = await transaction<CohortRow[]>`
      select k.id, k.version_id, k.wake_at, k.armed_at, v.number, v.journey_id, j.name, workspace_now(${workspaceId}) as now,
        exists (select from clocks c where c.stands_at is not null) as stands
      from cohorts k join journey_versions v on v.id = k.version_id join journeys j on j.id = v.journey_id
      where k.id = any(${cohortIds})`;
    return rows.flatMap((row) => {
      const delayMs = row.wake_at.getTime() - row.now.getTime();
      if (row.stands || (row.armed_at && delayMs >= SIGNAL_BELOW_MS)) return [];
      return [{
        workspaceId, cohortId: row.id, versionId: row.version_id, journeyId: row.journey_id, journeyName: row.name, versionNumber: row.number,
        wakeAt: row.wake_at.getTime(), delayMs,
      }];
    });
  });
  await armAndNote(engine, workspaceId, cohorts);
}

/** Hands cohorts to the timer and notes which of them something sleeps for. */
export async function armAndNote(engine: Engine, workspaceId: string, cohorts: SleepingCohort[]): Promise<void> {
  if (cohorts.length === 0) return;
  const armed = await engine.timer.arm(cohorts);
  if (armed.length === 0) return;
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`update cohorts set armed_at = clock_timestamp() where id = any(${armed}) and armed_at is null`);
}
