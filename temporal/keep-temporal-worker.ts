/**
 * Temporal's worker of one process: made as soon as a server answers, made anew when it fails, and told apart from a server that lost its
 * data. Every change of state is one line in the log; while Temporal is away, nothing else in the process stops.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Activities } from '#activities/index.ts';
import type { Database } from '#db/connection.ts';
import type { TemporalClient } from '#temporal/client.ts';
import { meetCluster, readClusterId } from '#temporal/meet-cluster.ts';
import { quietRuntime } from '#temporal/quiet-runtime.ts';
import { loadWorkflowBundle } from '#temporal/workflow-bundle.ts';

export type TemporalWorkerOptions = {
  address: string;
  taskQueue: string;
  client: TemporalClient;
  database: Database;
  activities: Activities;
  log: Logger;
  maxCachedWorkflows: number;
  metricsAddress?: string | undefined;
};

const LOOK_EVERY_MS = 1_000;

function workerOptions(options: TemporalWorkerOptions, connection: NativeConnection): WorkerOptions {
  return {
    connection,
    namespace: options.client.options.namespace,
    taskQueue: options.taskQueue,
    activities: options.activities,
    maxCachedWorkflows: options.maxCachedWorkflows,
    stickyQueueScheduleToStartTimeout: '5 s',
    workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 1, maximum: 20, initial: 2 },
    activityTaskPollerBehavior: { type: 'autoscaling', minimum: 1, maximum: 4, initial: 1 },
    maxConcurrentLocalActivityExecutions: 8,
    shutdownGraceTime: '5 s',
  };
}

/** Runs until `signal` aborts; then finishes the bursts in progress. */
export async function keepTemporalWorker(options: TemporalWorkerOptions, signal: AbortSignal): Promise<void> {
  quietRuntime(options.metricsAddress);
  const { client, database, log } = options;
  const workflowBundle = await loadWorkflowBundle();
  let state: 'unknown' | 'here' | 'away' = 'unknown';
  const become = (next: 'here' | 'away', error?: unknown): void => {
    if (next === state) return;
    state = next;
    if (next === 'here') log.info({ address: options.address }, 'Temporal answers');
    else log.warn({ address: options.address, reason: error instanceof Error ? error.message : String(error) }, 'Temporal is away; waits are kept in Postgres and slept for again when it is back');
  };
  const runOnce = async (): Promise<void> => {
    let { clusterId } = await meet();
    const connection = await NativeConnection.connect({ address: options.address });
    const worker = await Worker.create({ ...workerOptions(options, connection), workflowBundle });
    const running = worker.run();
    let ended = false;
    const end = running.then(
      () => undefined,
      (error: unknown) => error,
    ).finally(() => (ended = true));
    become('here');
    while (!ended && !signal.aborted) {
      await Promise.race([end, pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})]);
      if (ended || signal.aborted) break;
      try {
        if ((await readClusterId(client)) !== clusterId) ({ clusterId } = await meet());
        become('here');
      } catch (error) {
        become('away', error);
      }
    }
    if (!ended) worker.shutdown();
    const failure = await end;
    await connection.close();
    if (failure) throw failure;
  };
  const meet = async (): Promise<{ clusterId: string }> => {
    const met = await meetCluster(client, database);
    if (met.isAnother) log.warn({ clusterId: met.clusterId }, 'this is another Temporal cluster: all cohorts are armed anew');
    return met;
  };
  while (!signal.aborted) {
    try {
      await runOnce();
    } catch (error) {
      become('away', error);
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }
}
