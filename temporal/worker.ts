/**
 * The worker process: Temporal's worker for what sleeps, and beside it the loops that claim what is ready now: router, dispatchers, sweep,
 * jumps, moves, simulations, imports, events of the brand, webhooks, folding and partitions. Any number of them may run; claims and keys in Postgres keep them apart. With Temporal away, the loops go on.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { createActivities } from '#activities/index.ts';
import type { Database } from '#db/connection.ts';
import { sweepAlarms } from '#engine/arm-alarms.ts';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { requestOnce } from '#engine/dispatch-requests.ts';
import { foldPasses } from '#engine/fold-passes.ts';
import { DISPATCH_CHANNEL, JUMP_CHANNEL, ROUTE_CHANNEL } from '#engine/hints.ts';
import { sweepImports } from '#engine/imports/arm-imports.ts';
import { sendNotices } from '#engine/notices/send-notices.ts';
import { checkDueDomains } from '#engine/sender-domains.ts';
import { reckonAlarms } from '#engine/reckon-alarms.ts';
import { releaseHeld } from '#engine/release-held.ts';
import { decideSplits } from '#engine/split-tests.ts';
import { routeOnce } from '#engine/route-events.ts';
import { runMoves } from '#engine/run-moves.ts';
import { sweep } from '#engine/sweep-cohorts.ts';
import { keepLoop, type Loop } from '#temporal/keep-loop.ts';
import { keepTemporalWorker } from '#temporal/keep-temporal-worker.ts';
import { type EngineOptions, openEngine } from '#temporal/open-engine.ts';
import { serveBusinessEvents } from '#temporal/serve-business-events.ts';
import { serveDestinations } from '#temporal/serve-destinations.ts';
import { serveJumps } from '#temporal/serve-jumps.ts';
import { serveSimulations } from '#temporal/serve-simulations.ts';
import { serveWorkspaces } from '#temporal/serve-workspaces.ts';
import { JOURNEYS_QUEUE } from '#temporal/task-queues.ts';

export type WorkerOptions = EngineOptions & {
  log: Logger;
  /** The simulated vendors, whose due callbacks a jump asks for. */
  vendorServerUrl?: string;
  /** Workflows kept in memory, 2,000 by default. With 0 a workflow that sleeps inside itself wakes up to 10 s late: that is for tests. */
  maxCachedWorkflows?: number;
  /** Where Temporal's SDK shows its metrics, as `host:port`. */
  temporalMetricsAddress?: string | undefined;
};

/** `stop` ends the loops and the bursts in progress first, then the connections. */
export type RunningWorker = { workerId: string; stop: () => Promise<void> };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Starts a worker. It never fails because Postgres or Temporal are away: it goes on trying. */
export function startWorker(options: WorkerOptions): RunningWorker {
  const { log } = options;
  const workerId = randomUUID();
  const engine = openEngine({ applicationName: 'parcours-worker', maximumConnections: 16, ...options });
  const { database } = engine;
  const ending = new AbortController();
  const loop = (name: string, everyMs: number, run: () => Promise<number>): Loop => keepLoop({ name, everyMs, log, run });

  const messages = loop('dispatcher', SECOND / 4, serveWorkspaces({ database, kind: 'dispatch', log, serve: (workspaceId) => dispatchOnce(engine, workspaceId) }));
  const requests = loop('requests', SECOND / 4, serveWorkspaces({ database, kind: 'request', log, serve: (workspaceId) => requestOnce(engine, workspaceId) }));
  const destinations = serveDestinations({ engine, log, signal: ending.signal });
  const webhooks = loop('webhooks', SECOND / 4, destinations.run);
  /** Whatever a burst may have left to leave. */
  const dispatcher = { wake: () => [messages, requests, webhooks].forEach((each) => each.wake()) };
  const thenDispatch = async <T>(burst: Promise<T>): Promise<T> => {
    const result = await burst;
    dispatcher.wake();
    return result;
  };
  const router = loop('router', SECOND, serveWorkspaces({
    database, kind: 'route', log,
    serve: async (workspaceId) => {
      const routed = await routeOnce(engine, workspaceId);
      if (routed > 0) dispatcher.wake();
      return routed;
    },
  }));
  const jumps = loop('jumps', SECOND / 4, serveJumps({ engine, log, vendorServerUrl: options.vendorServerUrl, signal: ending.signal }));
  const loops = [
    router, messages, requests, webhooks, jumps,
    loop('simulations', SECOND, serveSimulations({ engine, log, signal: ending.signal })),
    loop('businessEvents', SECOND, serveBusinessEvents({ engine, log, signal: ending.signal })),
    loop('sweep', SECOND, () => sweep(engine).then(() => 0)),
    loop('alarms', SECOND, () => sweepAlarms(engine).then(() => 0)),
    loop('imports', SECOND, () => sweepImports(engine).then(() => 0)),
    loop('reckonings', SECOND, serveWorkspaces({ database, kind: 'reckon', log, serve: (workspaceId) => thenDispatch(reckonAlarms(engine, workspaceId)) })),
    loop('moves', SECOND, serveWorkspaces({ database, kind: 'move', log, serve: (workspaceId) => thenDispatch(runMoves(engine, workspaceId)) })),
    loop('splits', SECOND, serveWorkspaces({ database, kind: 'split', log, serve: (workspaceId) => decideSplits(engine, workspaceId) })),
    loop('release', SECOND, serveWorkspaces({ database, kind: 'release', log, serve: (workspaceId) => thenDispatch(releaseHeld(engine, workspaceId)) })),
    loop('notices', 5 * SECOND, () => sendNotices(engine)),
    loop('domains', 5 * SECOND, () => checkDueDomains(engine)),
    loop('fold', MINUTE, serveWorkspaces({ database, kind: 'fold', log, serve: (workspaceId) => foldPasses(engine, workspaceId) })),
    loop('partitions', DAY, () => makePartitions(database, log)),
    loop('prune', DAY, () => database`select prune_webhooks(), prune_connector_posts()`.then(() => 0)),
    loop('heartbeat', 5 * SECOND, () => beat(database, workerId)),
  ];
  void listen(database, { [ROUTE_CHANNEL]: router, [DISPATCH_CHANNEL]: dispatcher, [JUMP_CHANNEL]: jumps });

  const activities = createActivities(engine);
  const temporal = keepTemporalWorker({
    address: options.temporalAddress,
    taskQueue: options.taskQueue ?? JOURNEYS_QUEUE,
    client: engine.temporal,
    database,
    log,
    maxCachedWorkflows: options.maxCachedWorkflows ?? 2_000,
    metricsAddress: options.temporalMetricsAddress,
    activities: {
      ...activities, advanceCohort: (cohort) => thenDispatch(activities.advanceCohort(cohort)), ringAlarms: (minute) => thenDispatch(activities.ringAlarms(minute)),
    },
  }, ending.signal);

  const stop = async (): Promise<void> => {
    ending.abort();
    await Promise.all([temporal, ...loops.map((each) => each.stop())]);
    await destinations.settled();
    await database`delete from worker_heartbeats where worker_id = ${workerId}`.catch(() => {});
    await engine.close();
  };
  return { workerId, stop };
}

/** Hints wake loops; the connection is one of its own, and comes back by itself. */
async function listen(database: Database, loops: Record<string, Pick<Loop, 'wake'>>): Promise<void> {
  for (const [channel, woken] of Object.entries(loops)) {
    await database.listen(channel, () => woken.wake()).catch(() => {});
  }
}

async function makePartitions(database: Database, log: Logger): Promise<number> {
  const [row] = await database<{ stray: number }[]>`select ensure_partitions(3) as stray`;
  if (row && row.stray > 0) log.warn({ rows: row.stray }, 'rows lie in a default partition: the partition of their month was missing when they were written');
  return 0;
}

async function beat(database: Database, workerId: string): Promise<number> {
  await database`insert into worker_heartbeats (worker_id) values (${workerId}) on conflict (worker_id) do update set seen_at = clock_timestamp()`;
  await database`delete from worker_heartbeats where seen_at < clock_timestamp() - interval '1 hour'`;
  return 0;
}
