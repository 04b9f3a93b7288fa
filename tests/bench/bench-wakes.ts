/**
 * Wakes: people per second from the moment they are due to the row of their message, in cohorts of 1, 10, 100 and 1,000, against bare workflows on the
 * same server, each with a timer and two local activities that do nothing.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { v7 as newId } from 'uuid';
import { ingestEvents } from '#engine/ingest-events.ts';
import { routeOnce } from '#engine/route-events.ts';
import { unfreezeClock } from '#engine/workspace-clock.ts';
import { openTemporalClient } from '#temporal/client.ts';
import { addBenchPeople, makeBenchWorkspace, round, visitOf, type BenchStack } from '#tests/bench/bench-stack.ts';
import { CHECK, MAIL, visited } from '#tests/bench/bench-routing.ts';
import { publishJourney } from '#tests/harness/builders.ts';

export type WakeFigures = { bareWorkflowsPerSecond: number; cohorts: Record<string, { people: number; peoplePerSecond: number; ratio: number }> };

const ARMED_PER_SECOND = 40;
const TEN_O_CLOCK = Date.UTC(2026, 5, 16, 8);
const BARE = 300;

/** Asks ten times a second until all is done; answers the seconds since the moment at which it was due. */
async function secondsUntil(dueAt: number, isDone: () => Promise<boolean>): Promise<number> {
  await pause(Math.max(0, dueAt - Date.now()));
  while (!(await isDone())) await pause(20);
  return (Date.now() - dueAt) / 1_000;
}

async function measureBare({ options }: BenchStack): Promise<number> {
  const client = openTemporalClient({ address: options.temporalAddress, namespace: 'default' });
  const connection = await NativeConnection.connect({ address: options.temporalAddress });
  const taskQueue = `bare-${newId()}`;
  let done = 0;
  const worker = await Worker.create({
    connection, taskQueue, workflowsPath: fileURLToPath(new URL('bare-workflow.ts', import.meta.url)), maxCachedWorkflows: 2_000,
    workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 1, maximum: 20, initial: 2 },
    activities: { doNothing: async () => void (done += 1) },
  });
  const running = worker.run();
  const dueAt = Date.now() + (BARE / ARMED_PER_SECOND + 3) * 1_000;
  const waiting = Array.from({ length: BARE }, (_, index) => index);
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      await client.workflow.start('bareWorkflow', { taskQueue, workflowId: `${taskQueue}-${index}`, args: [Math.max(1, dueAt - Date.now())] });
    }
  }));
  const seconds = await secondsUntil(dueAt, () => Promise.resolve(done >= 2 * BARE));
  worker.shutdown();
  await running;
  await Promise.all([connection.close(), client.server.close()]);
  return BARE / seconds;
}

async function measureCohorts(stack: BenchStack, size: number, people: number): Promise<number> {
  const { engine, owner } = stack;
  const workspaceId = await makeBenchWorkspace(stack, `wakes-${size}`, TEN_O_CLOCK - 120_000);
  await publishJourney(owner, workspaceId, {
    key: 'wakes', entry: visited('wait'), nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '10:00' }, next: { next: 'check' } }, CHECK, MAIL],
  });
  const ids = await addBenchPeople(stack, workspaceId, people);
  for (let from = 0; from < people; from += 1_000) await ingestEvents(engine, workspaceId, ids.slice(from, from + 1_000).map((id) => visitOf(id, `${id}@bench.test`)));
  while ((await routeOnce(engine, workspaceId)) > 0);
  await shareOut(stack, workspaceId, size);
  const leadMs = (people / size / ARMED_PER_SECOND + 3) * 1_000;
  const dueAt = Date.now() + leadMs;
  await owner`update clocks set stands_at = ${new Date(TEN_O_CLOCK - leadMs).toISOString()}::text::timestamptz where workspace_id = ${workspaceId}`;
  await owner`analyze`;
  await unfreezeClock(engine, workspaceId);
  const seconds = await secondsUntil(dueAt, async () => {
    const [row] = await owner<{ n: number }[]>`select count(*)::int as n from messages where workspace_id = ${workspaceId}`;
    return row?.n === people;
  });
  return people / seconds;
}

/** Puts the sleepers, who all wake together, into cohorts of the size to be measured. */
async function shareOut({ owner }: BenchStack, workspaceId: string, size: number): Promise<void> {
  const sleepers = await owner<{ id: string; version_id: string; wake_at: Date }[]>`select id, version_id, wake_at from enrollments where workspace_id = ${workspaceId}`;
  for (let from = 0; from < sleepers.length; from += size) {
    const members = sleepers.slice(from, from + size);
    const [cohortId, first] = [newId(), members[0]];
    if (!first) return;
    await owner`insert into cohorts (id, workspace_id, version_id, wake_at, size) values (${cohortId}, ${workspaceId}, ${first.version_id}, ${first.wake_at}, 1000)`;
    await owner`update enrollments set cohort_id = ${cohortId} where id = any(${members.map(({ id }) => id)})`;
  }
}

export async function benchWakes(stack: BenchStack, scale: number): Promise<WakeFigures> {
  const bare = await measureBare(stack);
  const worker = stack.work();
  const cohorts: WakeFigures['cohorts'] = {};
  for (const [size, people] of [[1, 300], [10, 2_000], [100, 5_000 * scale], [1_000, 10_000 * scale]] as const) {
    const peoplePerSecond = await measureCohorts(stack, size, people);
    cohorts[size] = { people, peoplePerSecond: round(peoplePerSecond), ratio: round(peoplePerSecond / bare, 1) };
  }
  await worker.stop();
  return { bareWorkflowsPerSecond: round(bare), cohorts };
}
