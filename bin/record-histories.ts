/**
 * Records the histories that tests/replay replays, from a real server: `npx tsx bin/record-histories.ts <release> [journey] [alarm] [import]` adds a file for
 * each way a workflow of these kinds can go; without kinds, of all. What was recorded for an earlier release stays as it is: such workflows may still sleep somewhere.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { NativeConnection, Worker } from '@temporalio/worker';
import { findFreePort } from '#bin/free-port.ts';
import type { SleepingAlarms, SleepingCohort } from '#engine/engine.ts';
import { openTemporalClient } from '#temporal/client.ts';
import { alarmWorkflowId, cohortWorkflowId, createCohortTimer } from '#temporal/cohort-timer.ts';
import { quietRuntime } from '#temporal/quiet-runtime.ts';
import { registerSearchAttributes } from '#temporal/register-search-attributes.ts';
import { startTemporal } from '#temporal/server.ts';
import { JOURNEYS_QUEUE } from '#temporal/task-queues.ts';
import { loadWorkflowBundle } from '#temporal/workflow-bundle.ts';

/** What its activity answers, in turn, and when the workflow is signalled besides. A failure is a Postgres that is away. */
type Course = { delayMs?: number; answers: (number | boolean | 'fails')[]; signalAfterMs?: number };
const SLEEPING: Record<string, Course> = {
  'woken-once': { delayMs: 1_000, answers: [0] },
  'signalled-before-its-moment': { delayMs: 0, answers: [0] },
  'slept-for-the-rest': { delayMs: 1_000, answers: [600, 0] },
  'signalled-while-it-slept': { delayMs: 0, answers: [60_000, 0], signalAfterMs: 1_000 },
  'failed-for-a-while': { delayMs: 1_000, answers: ['fails', 'fails', 'fails', 'fails', 'fails', 'fails', 'fails', 0] },
};
/** `began-anew`: a long file's history is ended and another begun after a hundred turns and one. */
const IMPORTING: Record<string, Course> = {
  'brought-in-at-once': { answers: [false] },
  'took-three-turns': { answers: [true, true, false] },
  'failed-for-a-while': { answers: [true, 'fails', 'fails', false] },
  'began-anew': { answers: [...Array<boolean>(101).fill(true), false] },
};
const KINDS = ['journey', 'alarm', 'import'] as const;
/** The longest that is kept as it is; a longer one is compressed. */
const LONGEST_PLAIN_BYTES = 50_000;

const release = process.argv[2];
if (!release || !/^[\w.-]+$/.test(release)) throw new Error('Name the release: npx tsx bin/record-histories.ts 0.1');
const asked = process.argv.slice(3);
const kinds = KINDS.filter((kind) => asked.length === 0 || asked.includes(kind));
quietRuntime();
const server = await startTemporal({ port: await findFreePort() });
const client = openTemporalClient({ address: server.address, namespace: 'default' });
const connection = await NativeConnection.connect({ address: server.address });
await registerSearchAttributes(client.server, 'default');
/** What is still to be answered, by what the workflow names: its cohort, its minute or its import. */
const left = new Map<string | number, Course['answers']>();
function answer(of: string | number): number | boolean {
  const next = left.get(of)?.shift() ?? 0;
  if (next === 'fails') throw new Error('connection refused');
  return next;
}
const activities = {
  advanceCohort: async ({ cohortId }: { cohortId: string }) => answer(cohortId),
  ringAlarms: async ({ minute }: { minute: number }) => answer(minute),
  runImport: async ({ importId }: { importId: string }) => answer(importId),
};
const worker = await Worker.create({ connection, taskQueue: JOURNEYS_QUEUE, workflowBundle: await loadWorkflowBundle(), activities });
const timer = createCohortTimer(client);

const workspaceId = '0197f000-0000-7000-8000-000000000001';
const cohortOf = (cohortId: string, delayMs: number): SleepingCohort => ({
  workspaceId, cohortId, versionId: '0197f000-0000-7000-8000-000000000002', journeyId: '0197f000-0000-7000-8000-000000000003',
  journeyName: 'Welcome', versionNumber: 1, wakeAt: Date.UTC(2026, 10, 22, 9), delayMs,
});
/** A minute for each course of alarms: they are told apart by nothing else. */
const alarmsOf = (index: number, delayMs: number): SleepingAlarms => ({ workspaceId, kind: 'entry', minute: Date.UTC(2026, 10, 22, 9, index), delayMs });

type Recorded = { workflowId: string; of: string | number; start: (delayMs: number) => Promise<unknown> };
const RECORD: Record<(typeof KINDS)[number], { courses: Record<string, Course>; make: (name: string, index: number) => Recorded }> = {
  journey: { courses: SLEEPING, make: (name) => ({ workflowId: cohortWorkflowId(cohortOf(name, 0)), of: name, start: (delayMs) => timer.arm([cohortOf(name, delayMs)]) }) },
  alarm: { courses: SLEEPING, make: (_, index) => ({ workflowId: alarmWorkflowId(alarmsOf(index, 0)), of: alarmsOf(index, 0).minute, start: (delayMs) => timer.armAlarms([alarmsOf(index, delayMs)]) }) },
  import: { courses: IMPORTING, make: (name) => ({ workflowId: `import/${name}`, of: name, start: () => timer.armImports([{ workspaceId, importId: name, summary: 'Customers' }]) }) },
};

const folder = new URL('../tests/replay/histories/', import.meta.url);
await mkdir(folder, { recursive: true });

async function record(kind: (typeof KINDS)[number], name: string, { delayMs = 0, answers, signalAfterMs }: Course, { workflowId, of, start }: Recorded): Promise<void> {
  left.set(of, [...answers]);
  await start(delayMs);
  const handle = client.workflow.getHandle(workflowId);
  const { runId } = await handle.describe();
  if (signalAfterMs) {
    await pause(signalAfterMs);
    await start(0);
  }
  await handle.result();
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const json = `${historyToJSON(history)}\n`;
  const isLong = json.length > LONGEST_PLAIN_BYTES;
  await writeFile(new URL(`${kind}.${release}.${name}.json${isLong ? '.gz' : ''}`, folder), isLong ? gzipSync(JSON.stringify(JSON.parse(json)), { level: 9 }) : json);
  console.log(`${kind} ${name}: ${history.events?.length} events`);
}

await worker.runUntil(async () => {
  for (const kind of kinds) {
    const { courses, make } = RECORD[kind];
    for (const [index, [name, course]] of Object.entries(courses).entries()) await record(kind, name, course, make(name, index));
  }
});
await connection.close();
await client.server.close();
await server.stop();
