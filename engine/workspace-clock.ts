/**
 * Workspace time: real in a live workspace; in a sandbox a test clock, which is real time plus an offset, flows or stands, and only goes
 * forward. While it stands, nothing is armed; when it flows on, every living cohort is armed anew for its new distance.
 */
import { inWorkspace, type Database, type Transaction } from '#db/connection.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { Engine, SleepingCohort } from '#engine/engine.ts';
import { armAlarmsAnew } from '#engine/arm-alarms.ts';
import { PermanentError } from '#engine/permanent-error.ts';

/** `now` and `standsAt` are workspace time; `offsetMs` is what flows ahead of (or behind) the real time, 0 while it stands. */
export type WorkspaceClock = { kind: 'live' | 'sandbox'; now: Instant; standsAt: Instant | null; offsetMs: number };

type ClockRow = { kind: 'live' | 'sandbox'; now: Date; stands_at: Date | null; offset_ms: number };

/** The clock as this transaction sees it. */
export async function readClockIn(transaction: Transaction, workspaceId: string): Promise<WorkspaceClock> {
  const [row] = await transaction<ClockRow[]>`
    select w.kind, workspace_now(w.id) as now, c.stands_at, coalesce(c.offset_ms, 0) as offset_ms
    from workspaces w left join clocks c on c.workspace_id = w.id where w.id = ${workspaceId}`;
  if (!row) throw new PermanentError('workspace.unknown', 'There is no such workspace.');
  return { kind: row.kind, now: row.now.getTime(), standsAt: row.stands_at?.getTime() ?? null, offsetMs: row.stands_at ? 0 : row.offset_ms };
}

/** The clock of a workspace, now. */
export const readClock = (database: Database, workspaceId: string): Promise<WorkspaceClock> =>
  inWorkspace(database, workspaceId, (transaction) => readClockIn(transaction, workspaceId));

/** Refuses what only a sandbox has. */
export function requireSandbox(clock: WorkspaceClock): void {
  if (clock.kind === 'live') throw new PermanentError('clock.live_workspace', 'Only a sandbox has a test clock; the time of a live workspace is the real time.');
}

/** Stands the clock at an instant, never before the present one. */
export async function standClock(transaction: Transaction, workspaceId: string, at: Instant): Promise<void> {
  await transaction`
    insert into clocks (workspace_id, stands_at) values (${workspaceId}, greatest(workspace_now(${workspaceId}), ${formatInstant(at)}::timestamptz))
    on conflict (workspace_id) do update set stands_at = excluded.stands_at`;
}

/** Lets the clock flow on from where it stands; one that flows is left as it is. */
export async function flowClock(transaction: Transaction, workspaceId: string): Promise<void> {
  await transaction`
    update clocks set offset_ms = ceil(extract(epoch from stands_at - clock_timestamp()) * 1000), stands_at = null
    where workspace_id = ${workspaceId} and stands_at is not null`;
}

/** Sets where the clock of a new sandbox begins, in the past or at the present; `stands` leaves it standing there. Refused once an event or a journey is there. */
export async function startClock(transaction: Transaction, workspaceId: string, at: Instant, { stands }: { stands: boolean }): Promise<void> {
  requireSandbox(await readClockIn(transaction, workspaceId));
  const [used] = await transaction`select from event_keys union all select from journey_versions limit 1`;
  if (used) throw new PermanentError('clock.only_forward', 'The test clock of a sandbox in use only goes forward.');
  await transaction`
    insert into clocks (workspace_id, stands_at) values (${workspaceId}, ${formatInstant(at)}::timestamptz)
    on conflict (workspace_id) do update set stands_at = excluded.stands_at`;
  if (!stands) await flowClock(transaction, workspaceId);
}

/** Stands the clock of a sandbox where it is. */
export async function freezeClock(engine: Engine, workspaceId: string): Promise<void> {
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const clock = await readClockIn(transaction, workspaceId);
    requireSandbox(clock);
    await standClock(transaction, workspaceId, clock.now);
  });
}

/** Lets a standing clock flow on, and arms what sleeps by it. */
export async function unfreezeClock(engine: Engine, workspaceId: string): Promise<void> {
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    requireSandbox(await readClockIn(transaction, workspaceId));
    await flowClock(transaction, workspaceId);
  });
  await armAnew(engine, workspaceId);
}

type SleepingRow = { id: string; version_id: string; journey_id: string; name: string; number: number; wake_at: Date; delay_ms: number };

/**
 * Arms every cohort with living members for its distance by the clock as it is now. A workflow that sleeps for the distance from before is
 * replaced. What could not be armed is unarmed afterwards, and so left to the sweep.
 */
export async function armAnew(engine: Engine, workspaceId: string): Promise<void> {
  const rows = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    await transaction`update cohorts k set armed_at = null where armed_at is not null and exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null)`;
    return transaction<SleepingRow[]>`
      select k.id, k.version_id, v.journey_id, j.name, v.number, k.wake_at, (extract(epoch from k.wake_at - workspace_now(k.workspace_id)) * 1000)::float8 as delay_ms
      from cohorts k join journey_versions v on v.id = k.version_id join journeys j on j.id = v.journey_id
      where exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null) order by k.wake_at`;
  });
  const cohorts = rows.map((row): SleepingCohort => ({
    workspaceId, cohortId: row.id, versionId: row.version_id, journeyId: row.journey_id, journeyName: row.name, versionNumber: row.number,
    wakeAt: row.wake_at.getTime(), delayMs: row.delay_ms, replaces: true,
  }));
  await armAlarmsAnew(engine, workspaceId);
  const armed = await engine.timer.arm(cohorts);
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`update cohorts set armed_at = clock_timestamp() where id = any(${armed})`);
}
