/** Runs the jumps of test clocks that nobody runs: new ones, and those whose runner was killed. Each runs beside the others. */
import type { Logger } from 'pino';
import type { Engine } from '#engine/engine.ts';
import { findRunningJump } from '#engine/jump-clock.ts';
import { runJump } from '#engine/run-jump.ts';
import { reasonOf } from '#temporal/keep-loop.ts';
import { workspacesWithWork } from '#temporal/serve-workspaces.ts';

/** Answers a round's function: it starts what has to run and does not wait for it. `signal` leaves jumps under way to another worker. */
export function serveJumps(input: { engine: Engine; log: Logger; vendorServerUrl?: string; signal: AbortSignal }): () => Promise<number> {
  const { engine, log, vendorServerUrl, signal } = input;
  const underWay = new Set<string>();
  const runIn = async (workspaceId: string): Promise<void> => {
    try {
      const jump = await findRunningJump(engine, workspaceId);
      if (!jump) return;
      const { state, steps, stuckOn } = await runJump(engine, jump, { vendorServerUrl, signal });
      if (state === 'done') log.info({ workspaceId, jumpId: jump.jumpId, steps, stuckOn }, 'the test clock has jumped');
    } catch (error) {
      if (!signal.aborted) log.error({ workspaceId, reason: reasonOf(error) }, 'a jump of the test clock failed; it is gone on with when its lease runs out');
    }
  };
  return async () => {
    for (const workspaceId of await workspacesWithWork(engine.database, 'jump')) {
      if (underWay.has(workspaceId)) continue;
      underWay.add(workspaceId);
      void runIn(workspaceId).finally(() => underWay.delete(workspaceId));
    }
    return 0;
  };
}
