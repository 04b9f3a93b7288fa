/**
 * `npm run journeys -- export|import <folder> [--workspace <slug>] [--publish]`: journeys as files, one JSON per journey, named by its key. An import is
 * all or nothing. The database is `DATABASE_URL`, else that of the demo which runs here, and then the workspace is the demo's unless another is named.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inWorkspace, type Database } from '#db/connection.ts';
import { findJourney, listJourneys } from '#db/queries/journeys.ts';
import { importJourney } from '#engine/commands/import-journey.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { runCommandLine, withWorkspace, workspaceOf } from './with-workspace.ts';

const USAGE = 'Usage: npm run journeys -- export|import <folder> --workspace <slug> [--publish]';
const MOST = 10_000;

async function exportJourneys(database: Database, workspaceId: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const drafts = await inWorkspace(database, workspaceId, async (transaction) => {
    const journeys = await listJourneys(transaction, { after: null, limit: MOST, archived: false });
    return Promise.all(journeys.map(({ id }) => findJourney(transaction, id)));
  });
  for (const journey of drafts) {
    if (!journey) continue;
    await writeFile(join(folder, `${journey.key}.json`), `${JSON.stringify(journey.draft, null, 2)}\n`);
    console.log(`${journey.key}: written`);
  }
}

async function importJourneys(database: Database, workspaceId: string, folder: string, publish: boolean): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw new Error(`There is no .json file in ${folder}.`);
  const wrong: string[] = [];
  const done = await runInWorkspace({ database }, { workspaceId, actor: 'command:journeys' }, async ({ command }) => {
    const lines: string[] = [];
    for (const name of names) {
      const imported = await importJourney(command, parseFile(await readFile(join(folder, name), 'utf8'), name), { publish });
      if (imported.ok) lines.push(`${imported.value.key}: draft ${imported.value.draft}${imported.value.publishedVersion === null ? '' : `, version ${imported.value.publishedVersion} published`}`);
      else wrong.push(...imported.problems.map(({ path, message }) => `${name}${path.length > 0 ? ` ${path.join('.')}` : ''}: ${message}`));
    }
    if (wrong.length > 0) throw new Error(`Nothing was imported:\n${wrong.join('\n')}`);
    return lines;
  });
  for (const line of done) console.log(line);
}

function parseFile(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON.`);
  }
}

await runCommandLine(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { workspace: { type: 'string' }, publish: { type: 'boolean', default: false } } });
  const [action, folder, ...rest] = positionals;
  const workspace = workspaceOf(values.workspace);
  if ((action !== 'export' && action !== 'import') || !folder || !workspace || rest.length > 0) throw new Error(USAGE);
  await withWorkspace('journeys', workspace, 1, (database, workspaceId) => (action === 'export' ? exportJourneys(database, workspaceId, folder) : importJourneys(database, workspaceId, folder, values.publish)));
});
