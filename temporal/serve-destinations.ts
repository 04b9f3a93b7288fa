/**
 * Posts the webhooks that are due, of all workspaces (§11.5). Each destination is served beside the others and by one round at a time, so that a server
 * that takes its time keeps nobody waiting but itself.
 */
import type { Logger } from 'pino';
import type { Engine } from '#engine/engine.ts';
import { webhooksOnce } from '#engine/webhooks/send-webhooks.ts';
import { reasonOf } from '#temporal/keep-loop.ts';

const AT_ONCE = 16;
/** Then others have their turn. */
const ROUNDS = 50;

type Due = { workspace_id: string; destination_id: string };

/** `run` starts what is due and is not under way, and answers how many it started; `settled` waits for those in progress. */
export function serveDestinations({ engine, log, signal }: { engine: Engine; log: Logger; signal: AbortSignal }): { run: () => Promise<number>; settled: () => Promise<void> } {
  const busy = new Map<string, Promise<void>>();
  const serve = async ({ workspace_id: workspaceId, destination_id: destinationId }: Due): Promise<void> => {
    try {
      for (let round = 0; round < ROUNDS && !signal.aborted && (await webhooksOnce(engine, { workspaceId, destinationId })) > 0; round += 1);
    } catch (error) {
      log.error({ workspaceId, reason: reasonOf(error) }, 'webhooks could not be sent; they are tried again');
    } finally {
      busy.delete(destinationId);
    }
  };
  const run = async (): Promise<number> => {
    const due = await engine.database<Due[]>`select workspace_id, destination_id from destinations_due()`;
    let started = 0;
    for (const each of due) {
      if (busy.size >= AT_ONCE || busy.has(each.destination_id)) continue;
      busy.set(each.destination_id, serve(each));
      started += 1;
    }
    return started;
  };
  return { run, settled: async () => void (await Promise.all(busy.values())) };
}
