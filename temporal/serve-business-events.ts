/** Runs the events of the brand that are due in all workspaces, one after the other, and those whose runner was killed (§1.9). */
import type { Logger } from 'pino';
import type { Engine } from '#engine/engine.ts';
import { runBusinessEvents } from '#engine/run-business-events.ts';
import { reasonOf } from '#temporal/keep-loop.ts';

export function serveBusinessEvents({ engine, log, signal }: { engine: Engine; log: Logger; signal: AbortSignal }): () => Promise<number> {
  return async () => {
    const workspaces = await engine.database<{ id: string }[]>`select workspaces_with_business_events() as id`;
    let done = 0;
    for (const { id: workspaceId } of workspaces) {
      try {
        done += await runBusinessEvents(engine, workspaceId, signal);
      } catch (error) {
        if (!signal.aborted) log.error({ workspaceId, reason: reasonOf(error) }, 'an event of the brand could not be carried on');
      }
    }
    return done;
  };
}
