/** Whether this installation can work: Postgres answers, Temporal answers, a worker was seen in the last half minute. */
import { env } from '#env.ts';
import { workerSeenSecondsAgo } from '#db/queries/readiness.ts';
import { openTemporalClient, withinDeadline, type TemporalClient } from '#temporal/client.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

let opened: TemporalClient | undefined;
/** A connection of its own, kept for the life of the process. */
function temporalClient(): TemporalClient {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = env();
  opened ??= openTemporalClient({ address, namespace });
  return opened;
}

const WORKER_SEEN_WITHIN_SECONDS = 30;

async function succeeds(check: () => Promise<unknown>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
}

export async function GET(): Promise<Response> {
  const client = temporalClient();
  let seen: number | null = null;
  const [postgres, temporal] = await Promise.all([
    succeeds(async () => void (seen = await workerSeenSecondsAgo(webEngine().database))),
    succeeds(() => withinDeadline(client, () => client.workflowService.getSystemInfo({}))),
  ]);
  const worker = seen !== null && seen < WORKER_SEEN_WITHIN_SECONDS;
  const ready = postgres && temporal && worker;
  return Response.json({ ready, postgres, temporal, worker }, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
