/** When a worker was seen last, in seconds of machine time; null when none ever was. */
import type { Database } from '#db/connection.ts';

export async function workerSeenSecondsAgo(database: Database): Promise<number | null> {
  const [row] = await database<{ seconds: number | null }[]>`select extract(epoch from clock_timestamp() - max(seen_at))::float8 as seconds from worker_heartbeats`;
  return row?.seconds ?? null;
}
