/** Runs an import for a while, as the workflow asks: killed or cancelled in between, whoever comes next goes on after the last row that was committed. */
import { inWorkspace } from '#db/connection.ts';
import type { Engine } from '#engine/engine.ts';
import { landRows } from './land-rows.ts';

export type ImportFile = { workspaceId: string; importId: string };

/** Machine time. Cancelling and taking turns with other work wait no longer. */
const TURN_MS = 10_000;

/** The staged rows of an import that is over are not needed any more; a part at a time, so that no statement is long. */
async function clearRows(engine: Engine, { workspaceId, importId }: ImportFile): Promise<void> {
  for (let gone = 1; gone > 0;) {
    gone = (await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
      delete from import_rows where import_id = ${importId} and line in (select line from import_rows where import_id = ${importId} limit 20000)
         and exists (select from imports where id = ${importId} and state = 'done')`)).count;
  }
}

/** Answers whether rows are left. `between` is called after each part: a heartbeat, which may throw to end the turn. */
export async function runImport(engine: Engine, file: ImportFile, between: () => void = () => {}): Promise<boolean> {
  const began = performance.now();
  while (performance.now() - began < TURN_MS) {
    if (!(await landRows(engine, file.workspaceId, file.importId))) {
      await clearRows(engine, file);
      return false;
    }
    between();
  }
  return true;
}
