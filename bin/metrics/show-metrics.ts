/** Opens the metrics of a process where its environment asks for them. A port that is taken costs the metrics and one line, never the work. */
import type { Logger } from 'pino';
import { openDatabase } from '#db/connection.ts';
import type { Env } from '#env.ts';
import { openMetrics } from './open-metrics.ts';

export async function showMetrics(process: 'web' | 'worker', settings: Env, log: Logger): Promise<{ end: () => Promise<void> }> {
  const { METRICS_PORT: port, METRICS_HOST: host } = settings;
  if (port === undefined) return { end: async () => {} };
  // A connection of its own: what is to be seen when the pool is exhausted must not wait for it.
  const database = process === 'worker' ? openDatabase(settings.DATABASE_URL, { applicationName: 'parcours-metrics', maximumConnections: 1, statementTimeoutMs: 5_000 }) : undefined;
  try {
    const close = await openMetrics({ host, port, ...(database && { database }) });
    log.info({ host, port }, 'metrics are shown');
    return { end: async () => void (await Promise.allSettled([close(), database?.end({ timeout: 1 })])) };
  } catch (error) {
    log.error({ host, port, reason: error instanceof Error ? error.message : String(error) }, 'metrics cannot be shown; everything else goes on');
    await database?.end({ timeout: 1 });
    return { end: async () => {} };
  }
}
