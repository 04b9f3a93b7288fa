/** Keeps the counters of passages small: a burst appends a row per node and port, and finished minutes are folded into one row each. */
import { inWorkspace } from '#db/connection.ts';
import type { Engine } from '#engine/engine.ts';

/** Folds the finished minutes of one workspace; sums never change. Answers how many rows were folded away. */
export function foldPasses(engine: Pick<Engine, 'database'>, workspaceId: string): Promise<number> {
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [row] = await transaction<{ taken: number; kept: number }[]>`
      with taken as (
        delete from node_passes where id in (
          select id from node_passes where workspace_id = ${workspaceId} and not folded and minute < workspace_now(${workspaceId}) - interval '1 minute' limit 20000 for update skip locked)
        returning version_id, node_id, port, passed, minute),
      kept as (
        insert into node_passes (workspace_id, version_id, node_id, port, passed, minute, folded)
        select ${workspaceId}, version_id, node_id, port, sum(passed), date_trunc('minute', minute), true from taken group by 2, 3, 4, 6 returning 1)
      select (select count(*) from taken)::int as taken, (select count(*) from kept)::int as kept`;
    return (row?.taken ?? 0) - (row?.kept ?? 0);
  });
}
