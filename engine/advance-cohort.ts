/** What a cohort's workflow runs when it wakes: everyone who is due, 200 at a time, then how long the rest still sleeps. */
import { setTimeout as pause } from 'node:timers/promises';
import { inWorkspace } from '#db/connection.ts';
import { advanceCustomers } from './advance-customers.ts';
import type { Engine } from './engine.ts';

const AT_A_TIME = 200;
/** A worker's clock a few milliseconds behind must not cost a workflow task. */
const WAITED_HERE_MS = 500;

type Members = { due: string[]; next_wake: Date | null; now: Date; stands: boolean };

/** Answers the milliseconds until the next member is due, or 0 when nobody is left, when the journey is paused, or when the clock stands. */
export async function advanceCohort(engine: Engine, { workspaceId, cohortId }: { workspaceId: string; cohortId: string }): Promise<number> {
  for (;;) {
    const members = await inWorkspace(engine.database, workspaceId, async (transaction) => {
      const [row] = await transaction<Members[]>`
        with clock as materialized (select workspace_now(${workspaceId}) as now),
        members as (
          select e.customer_id, e.wake_at from enrollments e join journeys j on j.id = e.journey_id
          where e.cohort_id = ${cohortId} and e.ended_at is null and e.wake_at is not null and j.status = 'live')
        select clock.now, exists (select from clocks where stands_at is not null) as stands,
          array(select distinct customer_id from members where wake_at <= clock.now order by customer_id limit ${AT_A_TIME}) as due,
          (select min(wake_at) from members where wake_at > clock.now) as next_wake
        from clock`;
      return row!;
    });
    if (members.due.length > 0) {
      await advanceCustomers(engine, workspaceId, members.due);
      continue;
    }
    if (members.stands || !members.next_wake) return 0;
    const sleepMs = members.next_wake.getTime() - members.now.getTime();
    if (sleepMs >= WAITED_HERE_MS) return sleepMs;
    await pause(Math.max(sleepMs, 1));
  }
}
