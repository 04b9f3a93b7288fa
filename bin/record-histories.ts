/**
 * Records the histories that tests/replay replays, from a real server: `npx tsx bin/record-histories.ts <release>` adds a file for each way a cohort's
 * workflow can go. What was recorded for an earlier release stays as it is: such workflows may still sleep somewhere.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { NativeConnection, Worker } from '@temporalio/worker';
import { findFreePort } from '#bin/free-port.ts';
import type { SleepingCohort } from '#engine/engine.ts';
import { openTemporalClient } from '#temporal/client.ts';
import { cohortWorkflowId, createCohortTimer } from '#temporal/cohort-timer.ts';
import { quietRuntime } from '#temporal/quiet-runtime.ts';
import { registerSearchAttributes } from '#temporal/register-search-attributes.ts';
import { startTemporal } from '#temporal/server.ts';
import { JOURNEYS_QUEUE } from '#temporal/task-queues.ts';
import { loadWorkflowBundle } from '#temporal/workflow-bundle.ts';

/** What `advanceCohort` answers, in turn, and when the cohort is signalled besides. A failure is a Postgres that is away. */
type Course = { delayMs: number; answers: (number | 'fails')[]; signalAfterMs?: number };
const COURSES: Record<string, Course> = {
  'woken-once': { delayMs: 1_000, answers: [0] },
  'signalled-before-its-moment': { delayMs: 0, answers: [0] },
  'slept-for-the-rest': { delayMs: 1_000, answers: [600, 0] },
  'signalled-while-it-slept': { delayMs: 0, answers: [60_000, 0], signalAfterMs: 1_000 },
  'failed-for-a-while': { delayMs: 1_000, answers: ['fails', 'fails', 'fails', 'fails', 'fails', 'fails', 'fails', 0] },
};

const release = process.argv[2];
if (!release || !/^[\w.-]+$/.test(release)) throw new Error('Name the release: npx tsx bin/record-histories.ts 0.1');
quietRuntime();
const server = await startTemporal({ port: await findFreePort() });
const client = openTemporalClient({ address: server.address, namespace: 'default' });
const connection = await NativeConnection.connect({ address: server.address });
await registerSearchAttributes(client.server, 'default');
const left = new Map(Object.entries(COURSES).map(([name, { answers }]) => [name, [...answers]]));
const advanceCohort = async ({ cohortId }: { cohortId: string }): Promise<number> => {
  const answer = left.get(cohortId)?.shift() ?? 0;
  if (answer === 'fails') throw new Error('connection refused');
  return answer;
};
const worker = await Worker.create({ connection, taskQueue: JOURNEYS_QUEUE, workflowBundle: await loadWorkflowBundle(), activities: { advanceCohort } });
const timer = createCohortTimer(client);
const cohortOf = (cohortId: string, delayMs: number): SleepingCohort => ({
  workspaceId: '0197f000-0000-7000-8000-000000000001', cohortId, versionId: '0197f000-0000-7000-8000-000000000002', journeyId: '0197f000-0000-7000-8000-000000000003',
  journeyName: 'Welcome', versionNumber: 1, wakeAt: Date.UTC(2026, 10, 22, 9), delayMs,
});
const folder = new URL('../tests/replay/histories/', import.meta.url);
await mkdir(folder, { recursive: true });
await worker.runUntil(async () => {
  for (const [name, course] of Object.entries(COURSES)) {
    await timer.arm([cohortOf(name, course.delayMs)]);
    if (course.signalAfterMs) {
      await pause(course.signalAfterMs);
      await timer.arm([cohortOf(name, 0)]);
    }
    const handle = client.workflow.getHandle(cohortWorkflowId(cohortOf(name, 0)));
    await handle.result();
    const history = await handle.fetchHistory();
    await writeFile(new URL(`journey.${release}.${name}.json`, folder), `${historyToJSON(history)}\n`);
    console.log(`${name}: ${history.events?.length} events`);
  }
});
await connection.close();
await client.server.close();
await server.stop();
