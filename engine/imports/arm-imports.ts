/** Makes sure that a workflow runs each import that was started: at once after the command, and each second for what a crash or a lost cluster left. */
import { inWorkspace } from '#db/connection.ts';
import type { Engine } from '#engine/engine.ts';
import type { ImportFile } from './run-import.ts';

/** Neither the name of the file nor who started it: a history holds nothing personal. */
export async function armImports(engine: Pick<Engine, 'database' | 'timer'>, files: ImportFile[]): Promise<void> {
  const armed = await engine.timer.armImports(files.map((file) => ({ ...file, summary: 'Import of a file' })));
  for (const { workspaceId, importId } of files.filter((file) => armed.includes(file.importId))) {
    await inWorkspace(engine.database, workspaceId, (transaction) => transaction`update imports set armed_at = clock_timestamp() where id = ${importId} and state = 'running'`);
  }
}

export async function sweepImports(engine: Pick<Engine, 'database' | 'timer'>): Promise<void> {
  const files = await engine.database<ImportFile[]>`select workspace_id as "workspaceId", import_id as "importId" from imports_to_arm()`;
  if (files.length > 0) await armImports(engine, [...files]);
}
