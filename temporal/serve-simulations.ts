/** Runs the simulations that nobody runs: new ones, and those whose runner was killed; one at a time in each worker, beside its other work. */
import type { Logger } from 'pino';
import type { Database } from '#db/connection.ts';
import type { Engine } from '#engine/engine.ts';
import { runNextSimulation } from '#engine/simulations/run-simulation.ts';
import { reasonOf } from '#temporal/keep-loop.ts';

const idsOf = async (database: Database): Promise<string[]> => (await database<{ id: string }[]>`select workspaces_to_simulate() as id`).map((row) => row.id);

/** Answers a round's function: it starts what waits and does not wait for it. `signal` leaves the one under way to another worker. */
export function serveSimulations({ engine, log, signal }: { engine: Engine; log: Logger; signal: AbortSignal }): () => Promise<number> {
  let underWay = false;
  const runAll = async (workspaceIds: string[]): Promise<void> => {
    for (const workspaceId of workspaceIds) {
      if (signal.aborted) return;
      try {
        if (await runNextSimulation(engine, workspaceId, signal)) log.info({ workspaceId }, 'a simulation has ended');
      } catch (error) {
        if (!signal.aborted) log.error({ workspaceId, reason: reasonOf(error) }, 'a simulation failed');
      }
    }
  };
  return async () => {
    if (underWay) return 0;
    const workspaceIds = await idsOf(engine.database);
    if (workspaceIds.length === 0) return 0;
    underWay = true;
    void runAll(workspaceIds).finally(() => {
      underWay = false;
    });
    return 0;
  };
}
