/** Serves the workspaces that have work of a kind in turn, so that one brand's rush starves no other, and one brand's failure stops no other. */
import type { Logger } from 'pino';
import type { Database } from '#db/connection.ts';
import { reasonOf } from '#temporal/keep-loop.ts';

export type WorkKind = 'route' | 'dispatch' | 'jump' | 'fold' | 'move' | 'release' | 'request' | 'reckon' | 'split';

/** The ids of the workspaces where there is something to do now. */
export async function workspacesWithWork(database: Database, kind: WorkKind): Promise<string[]> {
  const rows = kind === 'fold'
    ? await database<{ id: string }[]>`select workspaces_to_fold() as id`
    : kind === 'move' ? await database<{ id: string }[]>`select workspaces_to_move() as id`
    : kind === 'request' ? await database<{ id: string }[]>`select workspaces_to_request() as id`
    : kind === 'split' ? await database<{ id: string }[]>`select workspaces_to_split() as id`
    : kind === 'release' ? await database<{ id: string }[]>`select workspaces_to_release() as id`
    : kind === 'reckon' ? await database<{ id: string }[]>`select workspaces_with_alarms(${kind}) as id`
    : await database<{ id: string }[]>`select workspaces_with_work(${kind}) as id`;
  return rows.map((row) => row.id);
}

/** Answers a round's function: each workspace with work is served once; its answer is how much was done in all of them. */
export function serveWorkspaces(input: { database: Database; kind: WorkKind; log: Logger; serve: (workspaceId: string) => Promise<number> }): () => Promise<number> {
  const { database, kind, log, serve } = input;
  const failing = new Set<string>();
  const serveOne = async (workspaceId: string): Promise<number> => {
    try {
      const done = await serve(workspaceId);
      if (failing.delete(workspaceId)) log.info({ work: kind, workspaceId }, 'the workspace is served again');
      return done;
    } catch (error) {
      if (!failing.has(workspaceId)) log.error({ work: kind, workspaceId, reason: reasonOf(error) }, 'the workspace could not be served; it is tried again');
      failing.add(workspaceId);
      return 0;
    }
  };
  return async () => {
    let done = 0;
    for (const workspaceId of await workspacesWithWork(database, kind)) done += await serveOne(workspaceId);
    return done;
  };
}
