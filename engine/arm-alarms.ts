/**
 * Makes sure that something sleeps for each minute in which alarms are due: one workflow per workspace, kind and minute, however many customers wait for it
 * (ARCHITECTURE 1.3). Where the clock stands, nothing is armed; what is further away than thirty days is left to the sweep of that day.
 */
import { inWorkspace } from '#db/connection.ts';
import { DAY_MS, formatInstant, type Instant } from '#domain/shared/time.ts';
import type { Engine, SleepingAlarms } from '#engine/engine.ts';

/** Years of birthdays would be as many sleeping workflows. */
export const ARMED_WITHIN_MS = 30 * DAY_MS;

type MinuteRow = { minute: Date; armed: boolean; now: Date; stands: boolean };
/** A minute nearer than this is signalled even if something sleeps already: a run about to end must look again. */
const SIGNAL_BELOW_MS = 1_000;

/** Arms what is unarmed of these minutes, and signals what is due within a second or past. `replaces`: what sleeps for them sleeps by another clock. */
export async function armAlarms(engine: Engine, workspaceId: string, minutes: Instant[], replaces = false): Promise<void> {
  if (minutes.length === 0) return;
  const moments = await inWorkspace(engine.database, workspaceId, async (transaction): Promise<SleepingAlarms[]> => {
    // The first of a minute tells: there may be a million.
    const of = (which: ReturnType<typeof transaction>) => transaction`
      select from alarms a join journeys j on j.id = a.journey_id
       where a.workspace_id = ${workspaceId} and a.due_at >= t.minute and a.due_at < t.minute + interval '1 minute' and j.status = 'live' and ${which}`;
    const rows = await transaction<MinuteRow[]>`
      select t.minute, not exists (${of(transaction`a.armed_at is null`)}) as armed, workspace_now(${workspaceId}) as now, exists (select from clocks where workspace_id = ${workspaceId} and stands_at is not null) as stands
      from unnest(${minutes.map(formatInstant)}::text[]::timestamptz[]) t(minute) where exists (${of(transaction`true`)}) order by t.minute`;
    return rows.flatMap(({ minute, armed, now, stands }) => {
      const delayMs = minute.getTime() - now.getTime();
      if (stands || delayMs > ARMED_WITHIN_MS || (armed && !replaces && delayMs >= SIGNAL_BELOW_MS)) return [];
      return [{ workspaceId, kind: 'entry' as const, minute: minute.getTime(), delayMs, ...(replaces ? { replaces: true as const } : {}) }];
    });
  });
  const armed = await engine.timer.armAlarms(moments);
  if (armed.length === 0) return;
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
    update alarms a set armed_at = clock_timestamp() from unnest(${armed.map(formatInstant)}::text[]::timestamptz[]) t(minute)
    where a.workspace_id = ${workspaceId} and a.due_at >= t.minute and a.due_at < t.minute + interval '1 minute' and a.armed_at is null`);
}

const minutesOf = (rows: { minute: Date }[]): Instant[] => rows.map(({ minute }) => minute.getTime());

/** The minutes of a workspace that nothing sleeps for, or that nobody has come to ten seconds after they were due. */
async function minutesToArm(engine: Engine, workspaceId: string, what: 'arm' | 'overdue'): Promise<Instant[]> {
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const isWanted = what === 'arm'
      ? transaction`a.armed_at is null and a.due_at < workspace_now(${workspaceId}) + make_interval(secs => ${ARMED_WITHIN_MS / 1_000})`
      : transaction`a.due_at < workspace_now(${workspaceId}) - interval '10 seconds'`;
    return minutesOf(await transaction<{ minute: Date }[]>`
      select distinct date_trunc('minute', a.due_at) as minute from alarms a join journeys j on j.id = a.journey_id
      where a.workspace_id = ${workspaceId} and a.due_at is not null and j.status = 'live' and ${isWanted} order by 1 limit 1000`);
  });
}

/** The promise behind every alarm, each second: arms what is unarmed, and has looked at what is overdue. Answers how many minutes it found. */
export async function sweepAlarms(engine: Engine): Promise<number> {
  let found = 0;
  for (const what of ['arm', 'overdue'] as const) {
    const workspaces = await engine.database<{ id: string }[]>`select * from workspaces_with_alarms(${what}) as id`;
    for (const { id } of workspaces) {
      const minutes = await minutesToArm(engine, id, what);
      await armAlarms(engine, id, minutes);
      found += minutes.length;
    }
  }
  return found;
}

/** After a jump of the clock: whatever sleeps for alarms sleeps too long now. */
export async function armAlarmsAnew(engine: Engine, workspaceId: string): Promise<void> {
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`update alarms set armed_at = null where workspace_id = ${workspaceId} and armed_at is not null`);
  await armAlarms(engine, workspaceId, await minutesToArm(engine, workspaceId, 'arm'), true);
}
