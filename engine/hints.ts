/**
 * Hints between processes over LISTEN and NOTIFY: «there may be work». Given after a commit, never inside a transaction (that would serialise
 * commits), and at most once per 20 ms. Losing one costs the time until the next sweep, nothing else.
 */
import type { Database } from '#db/connection.ts';

export const ROUTE_CHANNEL = 'parcours_route';
export const DISPATCH_CHANNEL = 'parcours_dispatch';
export const JUMP_CHANNEL = 'parcours_jump';

const EVERY_MS = 20;

/** A function that gives the hint now, or as soon as 20 ms have passed since the last. It never throws and nobody waits for it. */
export function createHint(database: Database, channel: string): () => void {
  let givenAt = -Infinity;
  let planned = false;
  const give = (): void => {
    planned = false;
    givenAt = performance.now();
    database.notify(channel, '').catch(() => {});
  };
  return () => {
    if (planned) return;
    const restMs = EVERY_MS - (performance.now() - givenAt);
    planned = true;
    if (restMs <= 0) give();
    else setTimeout(give, restMs).unref();
  };
}
