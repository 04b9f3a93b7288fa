/**
 * `npm run import -- <kind> <file> [--workspace <slug>] [--date-order ymd|dmy|mdy] [--decimal ,|.] [--known update|fill|leave] [--consent-date <day>] [--consent-source <where>]
 * [--starts-journeys] [--check]`: brings a file in, as the page and the API do, with its columns as their headings say. `--check` only shows how it would be read. Killed, a
 * worker goes on with it. The database is `DATABASE_URL`, else that of the demo which runs here.
 */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { findImport, listRefusedRows } from '#db/queries/imports.ts';
import { IMPORT_KINDS, isImportKind } from '#domain/imports/import-kinds.ts';
import { ImportSettings } from '#domain/imports/import-settings.ts';
import { csvText } from '#domain/shared/csv.ts';
import { deleteImport, mapImport, startImport } from '#engine/commands/imports.ts';
import type { Engine } from '#engine/engine.ts';
import { runImport } from '#engine/imports/run-import.ts';
import { stageFile } from '#engine/imports/stage-file.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { runCommandLine, withWorkspace, workspaceOf } from './with-workspace.ts';

const USAGE = `Usage: npm run import -- ${IMPORT_KINDS.join('|')} <file.csv> --workspace <slug> [--date-order ymd|dmy|mdy] [--decimal ,|.] [--known update|fill|leave] [--consent-date <YYYY-MM-DD>] [--consent-source <where>] [--starts-journeys] [--check]`;
const ACTOR = 'command:import';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'workspace': { type: 'string' }, 'date-order': { type: 'string' }, 'decimal': { type: 'string' }, 'known': { type: 'string' }, 'consent-date': { type: 'string' }, 'consent-source': { type: 'string' },
    'starts-journeys': { type: 'boolean', default: false }, 'check': { type: 'boolean', default: false },
  },
});

async function bringIn(engine: Engine, workspaceId: string, kind: (typeof IMPORT_KINDS)[number], path: string): Promise<void> {
  const who = { workspaceId, actor: ACTOR };
  const staged = await stageFile(engine, who, { kind, fileName: basename(path) }, createReadStream(path));
  if (!staged.ok) throw new Error(staged.problems.map(({ message }) => message).join('\n'));
  const importId = staged.value;
  const read = () => runInWorkspace(engine, who, async ({ transaction }) => {
    const found = await findImport(transaction, importId);
    if (!found) throw new Error('The import was taken away.');
    return found;
  });
  const taken = await read();
  const settings = ImportSettings.parse({
    ...taken.settings, startsJourneys: values['starts-journeys'], ...(values['date-order'] && { dates: values['date-order'] }), ...(values['decimal'] && { decimal: values['decimal'] }), ...(values['known'] && { known: values['known'] }),
    ...(values['consent-date'] && { consentAt: values['consent-date'] }), ...(values['consent-source'] && { consentSource: values['consent-source'] }),
  });
  console.log(`${taken.total} rows, ${taken.encoding}. Columns: ${taken.headings.map((heading, index) => `«${heading}» ${taken.mapping[index] ? `is ${taken.mapping[index]}` : 'is left out'}`).join(', ')}. Dates ${settings.dates}${taken.guessed.datesAreSure ? '' : ' (unsure)'}, decimal mark «${settings.decimal}».`);
  if (values.check) return runInWorkspace(engine, who, ({ command }) => deleteImport(command, importId));
  const ready = await runInWorkspace(engine, who, async ({ command }) => {
    const mapped = await mapImport(command, importId, taken.mapping, settings);
    return mapped.ok ? startImport(command, importId) : mapped;
  });
  if (!ready.ok) throw new Error(ready.problems.map(({ message }) => message).join('\n'));
  while (await runImport(engine, { workspaceId, importId })) console.log(`${(await read()).done} of ${taken.total} rows`);
  const done = await read();
  console.log(Object.entries(done.counts).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${name} ${count}`).join(', '));
  if (!done.counts['refused']) return;
  const refused = await runInWorkspace(engine, who, ({ transaction }) => listRefusedRows(transaction, importId, { after: 0, limit: done.total }));
  const file = `${path}.refused.csv`;
  await writeFile(file, csvText(['line', 'columns', 'reason', ...done.headings], refused.map(({ line, cells, problems }) => [line, problems.flatMap(({ column }) => (column === null ? [] : [done.headings[column] ?? ''])).join(', '), problems.map(({ message }) => message).join(' '), ...cells])));
  console.log(`The refused rows with their reasons: ${file}`);
}

await runCommandLine(async () => {
  const [kind, path, ...rest] = positionals;
  const workspace = workspaceOf(values.workspace);
  if (!kind || !isImportKind(kind) || !path || !workspace || rest.length > 0) throw new Error(USAGE);
  await withWorkspace('import', workspace, 4, (database, workspaceId) => {
    // It runs here and now: no workflow is needed for what somebody waits for. The routers find what it leaves by their sweep.
    const engine: Engine = { database, timer: { arm: async () => [], armAlarms: async () => [], armImports: async () => [] }, hintRouters: () => {}, publicUrl: '', secret: '', vendorAccounts: {} };
    return bringIn(engine, workspaceId, kind, path);
  });
});
