/** What an alarm's workflow runs when its minute has come: everyone who is due, 200 at a time, then how long the rest still sleeps. */
import { setTimeout as pause } from 'node:timers/promises';
import { inWorkspace } from '#db/connection.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { advanceCustomers } from './advance-customers.ts';
import type { AlarmKind, Engine } from './engine.ts';

const AT_A_TIME = 200;
/** A worker's clock a few milliseconds behind must not cost a workflow task. */
const WAITED_HERE_MS = 500;

export type AlarmMinute = { workspaceId: string; kind: AlarmKind; minute: Instant };

/**
 * Answers the milliseconds until its alarms are due, or 0 when nobody is left, when their journeys are paused, or when the clock stands. Also 0 when those
 * who are due are the same after their burst as before it (their journey begins otherwise now, and its reckoning has not taken their alarms away yet): the sweep comes back.
 */
export async function ringAlarms(engine: Engine, { workspaceId, kind, minute }: AlarmMinute): Promise<number> {
  for (let before = ''; ;) {
    const found = await inWorkspace(engine.database, workspaceId, async (transaction) => {
      const [row] = await transaction<{ due: string[]; next_due: Date | null; now: Date; stands: boolean }[]>`
        with clock as materialized (select workspace_now(${workspaceId}) as now),
        mine as not materialized (
          select a.customer_id, a.due_at from alarms a join journeys j on j.id = a.journey_id
          where a.workspace_id = ${workspaceId} and a.kind = ${kind} and a.due_at >= ${formatInstant(minute)}::text::timestamptz and a.due_at < ${formatInstant(minute)}::text::timestamptz + interval '1 minute' and j.status = 'live')
        select clock.now, exists (select from clocks where workspace_id = ${workspaceId} and stands_at is not null) as stands,
          array(select customer_id from mine where due_at <= clock.now order by due_at limit ${AT_A_TIME}) as due,
          (select min(due_at) from mine where due_at > clock.now) as next_due
        from clock`;
      return row!;
    });
    if (found.due.length > 0) {
      const due = [...new Set(found.due)].sort();
      if (due.join() === before) return 0;
      before = due.join();
      await advanceCustomers(engine, workspaceId, due);
      continue;
    }
    if (found.stands || !found.next_due) return 0;
    const sleepMs = found.next_due.getTime() - found.now.getTime();
    if (sleepMs >= WAITED_HERE_MS) return sleepMs;
    await pause(Math.max(sleepMs, 1));
  }
}
