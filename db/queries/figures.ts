/** The figures that an operator watches, over all workspaces: counts and ages, and no personal data. One process reads at a time, the others are given the same reading. */
import { z } from 'zod';
import type { Database } from '#db/connection.ts';

const count = z.number().nonnegative();
export const Figures = z.object({
  unroutedHeads: count, unroutedOldestSeconds: z.number(), overdueWakes: count, overdueOldestSeconds: z.number(), unarmedCohorts: count,
  outbox: z.array(z.object({ channel: z.string(), state: z.string(), count, oldestSeconds: z.number() })),
  unknownSends: count, quarantinedEvents: count, quarantinedPosts: count,
  dueWebhooks: count, dueWebhooksOldestSeconds: z.number(), failingDestinations: count, disabledDestinations: count, dueRequests: count,
  connections: z.array(z.object({ application: z.string(), count })), connectionLimit: count, oldestTransactionSeconds: z.number(),
  strayRows: count, monthsAhead: z.number(), workers: count,
});
export type Figures = z.infer<typeof Figures>;

/** What was read at most so long ago; null when nothing was ever read and another process reads just now. */
export async function readFigures(database: Database, maximumAgeSeconds: number): Promise<{ readAt: Date; figures: Figures } | null> {
  const [row] = await database<{ read_at: Date; figures: unknown }[]>`select read_at, figures from read_figures(make_interval(secs => ${maximumAgeSeconds}))`;
  return row ? { readAt: row.read_at, figures: Figures.parse(row.figures) } : null;
}
