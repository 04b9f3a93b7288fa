/** Imports: a file of customers, consents, families, products, purchases or returns is taken in, looked at, started, and reported on. */
import { createTranslator } from 'next-intl';
import { z } from 'zod';
import { findImport, listImports, listRefusedRows, type ImportRow } from '#db/queries/imports.ts';
import { IMPORT_FIELDS, IMPORT_KINDS } from '#domain/imports/import-kinds.ts';
import { ImportSettings } from '#domain/imports/import-settings.ts';
import type { RowProblem } from '#domain/imports/read-row.ts';
import { csvText } from '#domain/shared/csv.ts';
import { formatId } from '#domain/shared/ids.ts';
import { WORDS } from '#components/words/words.ts';
import { audit } from '#engine/commands/command-context.ts';
import { cancelImport, deleteImport, IMPORT_STATES, mapImport, startImport } from '#engine/commands/imports.ts';
import { armImports } from '#engine/imports/arm-imports.ts';
import { previewImport } from '#engine/imports/preview-import.ts';
import { stageFile } from '#engine/imports/stage-file.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';
import { ApiError, unwrap } from '#app/api/problem.ts';

const count = z.number().int();
const Fields = z.array(z.string().max(100).nullable()).max(200).meta({ description: 'For each column, in the order of the file, the field that it stands for; null leaves it out. A customer’s own attribute is `attribute:<name>`, a product’s name in a language `name:<tag>`.' });

const ImportOut = z.object({
  id: Id('import'), kind: z.enum(IMPORT_KINDS), fileName: z.string(), bytes: count, encoding: z.string(), delimiter: z.string(), state: z.enum(IMPORT_STATES),
  headings: z.array(z.string()), fields: Fields, settings: ImportSettings,
  guessed: z.object({ remembered: z.boolean().meta({ description: 'The mapping was chosen for an earlier file with the same headings.' }), datesAreSure: z.boolean().meta({ description: 'False: the dates of the file can be read in two orders.' }) }),
  choices: z.array(z.object({ name: z.string(), reads: z.string() })).meta({ description: 'The fields that a column may stand for, and how each is read.' }),
  rows: count, done: count, counts: z.record(z.string(), count).meta({ description: 'Rows `created`, `updated`, `left.<why>` and `refused`; consents `consents.kept` and `consents.<why not>`.' }),
  createdAt: Iso, startedAt: Iso.nullable(), finishedAt: Iso.nullable(),
}).meta({ id: 'Import' });

const toImport = ({ id, mapping, total, createdAt, startedAt, finishedAt, ...row }: ImportRow): z.input<typeof ImportOut> => ({
  ...row, id: formatId('import', id), fields: mapping, rows: total, createdAt: iso(createdAt), startedAt: isoOrNull(startedAt), finishedAt: isoOrNull(finishedAt),
  choices: IMPORT_FIELDS[row.kind].map(({ name, reads }) => ({ name, reads })),
});

const ProblemOut = z.object({ column: count.nullable().meta({ description: 'Counted from 0; null when the row as a whole is meant.' }), code: z.string(), message: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])).optional() });
const params = z.object({ importId: IdOf('import') });
const unknown = () => new PermanentError('import.unknown', 'There is no such import.');
const errors = ['import.unknown', 'import.state'] as const;

async function read({ transaction }: Pick<InTransaction<unknown>, 'transaction'>, importId: string): Promise<z.input<typeof ImportOut>> {
  const row = await findImport(transaction, importId);
  if (!row) throw unknown();
  return toImport(row);
}

const upload = defineRoute({
  method: 'POST', path: '/imports', noun: 'Imports', summary: 'Take a file in', scope: 'imports:write', status: 201, consumes: 'text/csv', errors: ['import.unreadable'],
  description: 'The body is the file: CSV with commas, semicolons, tabs or bars, in UTF-8, UTF-16 or Windows-1252, 2 GB at most. Its first row are the headings. Nothing is brought in before it is started. A file that cannot be read is refused whole, with the line; a row that cannot, alone.',
  query: z.object({ kind: z.enum(IMPORT_KINDS), fileName: z.string().trim().min(1).max(200).default('file.csv') }), response: ImportOut,
  async upload({ engine, workspaceId, actor, query, file }) {
    const staged = await stageFile(engine, { workspaceId, actor }, query, file);
    if (!staged.ok) throw new ApiError('import.unreadable', staged.problems[0]?.message ?? 'The file cannot be read.', staged.problems);
    return { body: await runInWorkspace(engine, { workspaceId, actor }, (scope) => read(scope, staged.value)) };
  },
});

const list = defineRoute({
  method: 'GET', path: '/imports', noun: 'Imports', summary: 'List imports, newest first', scope: 'imports:read', query: z.object(pageQuery), response: PageOf(ImportOut),
  async read({ transaction, query: { limit, after } }) {
    const rows = await listImports(transaction, { before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], toImport);
  },
});

const one = defineRoute({
  method: 'GET', path: '/imports/{importId}', noun: 'Imports', summary: 'Read an import: how far it is, and what came of it', scope: 'imports:read', params, response: ImportOut, errors: ['import.unknown'],
  read: (input) => read(input, input.params.importId),
});

const map = defineRoute({
  method: 'PUT', path: '/imports/{importId}', noun: 'Imports', summary: 'Say what the columns stand for and how the file is read', scope: 'imports:write', params, response: ImportOut, errors,
  description: 'Before it is started. Remembered for the next file with the same headings.',
  body: z.strictObject({ fields: Fields, settings: ImportSettings }),
  example: { fields: ['externalId', 'email', null, 'birthDate'], settings: { dates: 'dmy', decimal: ',', known: 'update', startsJourneys: false } },
  async write(input) {
    unwrap(await mapImport(input.command, input.params.importId, input.body.fields, input.body.settings));
    return { body: await read(input, input.params.importId) };
  },
});

const preview = defineRoute({
  method: 'POST', path: '/imports/{importId}/preview', noun: 'Imports', summary: 'Read the first twenty rows as they would land', scope: 'imports:read', params, errors: ['import.unknown'],
  body: z.strictObject({ fields: Fields.optional(), settings: ImportSettings.optional() }),
  response: z.object({ rows: z.array(z.object({
    line: count, cells: z.array(z.string()), values: z.array(z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable()).meta({ description: 'Each cell as it is read: identifiers in their normal form, amounts in minor units, times in milliseconds since 1970.' }),
    problems: z.array(ProblemOut), known: z.boolean().nullable(),
  })) }),
  async read({ transaction, workspaceId, params: { importId }, body: { fields, settings } }) {
    const rows = await previewImport(transaction, workspaceId, importId, { mapping: fields, settings });
    return { rows: rows.map(({ line, cells, outcomes, problems, known }) => ({ line, cells, values: outcomes.map((outcome) => (outcome && 'value' in outcome ? outcome.value : null)), problems, known })) };
  },
});

const start = defineRoute({
  method: 'POST', path: '/imports/{importId}/start', noun: 'Imports', summary: 'Start an import, or go on with one that was cancelled', scope: 'imports:write', status: 202, params, body: z.strictObject({}), response: ImportOut, errors,
  description: 'A worker brings the rows in; a killed one is gone on with where it was. Nobody enters a journey by it unless `startsJourneys` says so (§1.11).',
  async write(input) {
    const { engine, workspaceId, command, afterCommit, params: { importId } } = input;
    unwrap(await startImport(command, importId));
    afterCommit(() => armImports(engine, [{ workspaceId, importId }]));
    return { body: await read(input, importId) };
  },
});

const cancel = defineRoute({
  method: 'POST', path: '/imports/{importId}/cancel', noun: 'Imports', summary: 'Cancel an import that runs; what it has brought in stays', scope: 'imports:write', params, body: z.strictObject({}), response: ImportOut, errors,
  async write(input) {
    await cancelImport(input.command, input.params.importId);
    return { body: await read(input, input.params.importId) };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/imports/{importId}', noun: 'Imports', summary: 'Take an import and the rows of its file away; what it has brought in stays', scope: 'imports:write', params, response: z.object({ id: Id('import') }), errors,
  async write({ command, params: { importId } }) {
    await deleteImport(command, importId);
    return { body: { id: formatId('import', importId) } };
  },
});

const MOST_REFUSED = 50_000;

/** Says a problem in words; a code without any says what the domain said of it. */
function sayingIn(language: 'en' | 'fr'): (problem: RowProblem) => string {
  const words: Record<string, string> = WORDS[language].reasons.codes;
  const say = createTranslator<Record<string, string>>({ locale: language, messages: words });
  return ({ code, message, figures }) => {
    const key = code.replaceAll('.', '_');
    return key in words ? say(key, figures) : message;
  };
}

const refused = defineRoute({
  method: 'POST', path: '/imports/{importId}/refused', noun: 'Imports', summary: 'Save the rows that could not be brought in, as CSV', scope: 'imports:read', params, errors: ['import.unknown'], produces: 'text/csv',
  description: `Line, columns and reasons before the cells of each row, ${MOST_REFUSED} rows at most: more follow with \`after\`, the line of the last. Repaired, the file can be brought in again: what is there already is left as it is. Each call is a line of the audit log.`,
  body: z.strictObject({ after: z.number().int().min(0).default(0), language: z.enum(['en', 'fr']).default('en') }), response: z.string(),
  async run({ engine, workspaceId, actor, params: { importId }, body: { after, language } }) {
    const { headings, rows } = await runInWorkspace(engine, { workspaceId, actor }, async ({ transaction, command }) => {
      const found = await findImport(transaction, importId);
      if (!found) throw unknown();
      const given = await listRefusedRows(transaction, importId, { after, limit: MOST_REFUSED });
      await audit(command, { action: 'import.export', subject: formatId('import', importId), after: { rows: given.length } });
      return { headings: found.headings, rows: given };
    });
    const say = sayingIn(language);
    const headed = (problems: RowProblem[]): string => [...new Set(problems.flatMap(({ column }) => (column === null ? [] : [headings[column] ?? ''])))].join(', ');
    const { line, columns, reasons } = WORDS[language].imports.refusedColumns;
    const lines = rows.map((row) => [row.line, headed(row.problems), row.problems.map(say).join(' '), ...row.cells]);
    return { body: csvText([line, columns, reasons, ...headings], lines), headers: { 'content-disposition': 'attachment; filename="refused.csv"' } };
  },
});

export const importRoutes = [upload, list, one, map, preview, start, cancel, remove, refused];
