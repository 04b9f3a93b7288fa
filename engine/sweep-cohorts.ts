/** The promise behind every hint: each second, arms cohorts unarmed for two seconds, signals what is overdue by ten, and drains stopped and resumed journeys. */
import { inWorkspace } from '#db/connection.ts';
import { advanceCustomers } from './advance-customers.ts';
import { armCohorts } from './arm-cohorts.ts';
import type { Engine } from './engine.ts';

const AT_A_TIME = 200;

async function workspacesWith(engine: Engine, kind: 'arm' | 'overdue' | 'stop' | 'resume'): Promise<string[]> {
  const rows = await engine.database<{ id: string }[]>`select * from workspaces_with_work(${kind}) as id`;
  return rows.map((row) => row.id);
}

async function idsOf(engine: Engine, workspaceId: string, kind: 'arm' | 'overdue' | 'stop' | 'resume'): Promise<string[]> {
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const rows = await {
      arm: () => transaction<{ id: string }[]>`
        select id from cohorts where armed_at is null and created_at < clock_timestamp() - interval '2 seconds' order by created_at limit 1000`,
      overdue: () => transaction<{ id: string }[]>`
        select distinct e.cohort_id as id from enrollments e join journeys j on j.id = e.journey_id
        where e.ended_at is null and e.cohort_id is not null and j.status = 'live' and e.wake_at < workspace_now(${workspaceId}) - interval '10 seconds' limit 1000`,
      stop: () => transaction<{ id: string }[]>`
        select distinct e.customer_id as id from enrollments e join journeys j on j.id = e.journey_id
        where e.ended_at is null and j.status = 'stopped' order by id limit ${AT_A_TIME}`,
      resume: () => transaction<{ id: string }[]>`
        select distinct d.customer_id as id from deferrals d join journeys j on j.id = d.journey_id where j.status = 'live' order by id limit ${AT_A_TIME}`,
    }[kind]();
    return rows.map((row) => row.id);
  });
}

/** Cohorts whose people have all gone need no workflow: they count as armed and the sweep does not see them again. */
async function armLiving(engine: Engine, workspaceId: string, cohortIds: string[]): Promise<void> {
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
    update cohorts k set armed_at = clock_timestamp() where k.id = any(${cohortIds})
      and not exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null)`);
  await armCohorts(engine, workspaceId, cohortIds);
}

/** One pass over all workspaces, in turn. Answers how many cohorts and customers it found. */
export async function sweep(engine: Engine): Promise<number> {
  let found = 0;
  for (const kind of ['arm', 'overdue', 'stop', 'resume'] as const) {
    for (const workspaceId of await workspacesWith(engine, kind)) {
      const ids = await idsOf(engine, workspaceId, kind);
      found += ids.length;
      if (kind === 'arm') await armLiving(engine, workspaceId, ids);
      else if (kind === 'overdue') await armCohorts(engine, workspaceId, ids);
      else await advanceCustomers(engine, workspaceId, ids);
    }
  }
  return found;
}
