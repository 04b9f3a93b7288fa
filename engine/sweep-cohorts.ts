/** The promise behind every hint: each second, arms cohorts unarmed for two seconds, signals what is overdue by ten, and drains stopped and resumed journeys. */
import { inWorkspace } from '#db/connection.ts';
import { advanceEach } from './advance-customers.ts';
import { armCohorts } from './arm-cohorts.ts';
import type { Engine } from './engine.ts';

const AT_A_TIME = 200;
/** Batches of one workspace in one pass: a stopped journey with thousands of people empties in seconds, and no other workspace waits long. */
const BATCHES = 10;
const LOWEST = '00000000-0000-0000-0000-000000000000';

async function workspacesWith(engine: Engine, kind: 'arm' | 'overdue' | 'stop' | 'resume'): Promise<string[]> {
  const rows = await engine.database<{ id: string }[]>`select * from workspaces_with_work(${kind}) as id`;
  return rows.map((row) => row.id);
}

async function idsOf(engine: Engine, workspaceId: string, kind: 'arm' | 'overdue' | 'stop' | 'resume', after = LOWEST): Promise<string[]> {
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const rows = await {
      arm: () => transaction<{ id: string }[]>`
        select id from cohorts where armed_at is null and created_at < clock_timestamp() - interval '2 seconds' order by created_at limit 1000`,
      overdue: () => transaction<{ id: string }[]>`
        select distinct e.cohort_id as id from enrollments e join journeys j on j.id = e.journey_id
        where e.ended_at is null and e.cohort_id is not null and j.status = 'live' and e.wake_at < workspace_now(${workspaceId}) - interval '10 seconds' limit 1000`,
      stop: () => transaction<{ id: string }[]>`
        select distinct e.customer_id as id from enrollments e join journeys j on j.id = e.journey_id
        where e.ended_at is null and j.status = 'stopped' and e.customer_id > ${after} order by id limit ${AT_A_TIME}`,
      resume: () => transaction<{ id: string }[]>`
        select distinct d.customer_id as id from deferrals d join journeys j on j.id = d.journey_id where j.status = 'live' and d.customer_id > ${after} order by id limit ${AT_A_TIME}`,
    }[kind]();
    return rows.map((row) => row.id);
  });
}

/** Cohorts whose people have all gone need no workflow: they count as armed and the sweep does not see them again. */
async function armLiving(engine: Engine, workspaceId: string, cohortIds: string[]): Promise<void> {
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    // Locked in a statement of its own: a burst that puts somebody into one at this moment is either skipped or seen.
    const free = await transaction<{ id: string }[]>`select id from cohorts where id = any(${cohortIds}) and armed_at is null for no key update skip locked`;
    await transaction`
      update cohorts k set armed_at = clock_timestamp() where k.id = any(${free.map(({ id }) => id)}::uuid[])
        and not exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null)`;
  });
  await armCohorts(engine, workspaceId, cohortIds);
}

/** Lets people of stopped and resumed journeys move, a few hundred at a time. Who fails is passed over and named at the end. */
async function drain(engine: Engine, workspaceId: string, kind: 'stop' | 'resume'): Promise<number> {
  const failed: unknown[] = [];
  let found = 0;
  let after: string | undefined;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const ids = await idsOf(engine, workspaceId, kind, after);
    const { failures } = await advanceEach(engine, workspaceId, ids);
    failed.push(...failures.map(({ error }) => error));
    found += ids.length;
    after = ids.at(-1);
    if (ids.length < AT_A_TIME) break;
  }
  if (failed.length > 0) throw failed[0];
  return found;
}

async function sweepOne(engine: Engine, workspaceId: string, kind: 'arm' | 'overdue' | 'stop' | 'resume'): Promise<number> {
  if (kind === 'stop' || kind === 'resume') return drain(engine, workspaceId, kind);
  const ids = await idsOf(engine, workspaceId, kind);
  if (kind === 'arm') await armLiving(engine, workspaceId, ids);
  else await armCohorts(engine, workspaceId, ids);
  return ids.length;
}

/** One pass over all workspaces, in turn. Answers how many cohorts and customers it found. A workspace that fails stops no other; its failure is thrown at the end. */
export async function sweep(engine: Engine): Promise<number> {
  const failed: unknown[] = [];
  let found = 0;
  for (const kind of ['arm', 'overdue', 'stop', 'resume'] as const) {
    for (const workspaceId of await workspacesWith(engine, kind)) {
      try {
        found += await sweepOne(engine, workspaceId, kind);
      } catch (error) {
        failed.push(error);
      }
    }
  }
  if (failed.length > 0) throw failed[0];
  return found;
}
