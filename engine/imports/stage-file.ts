/**
 * Takes a file in to be imported: written beside, looked at, and its rows copied into staging a part at a time, so that neither memory nor a transaction
 * grows with it. Nothing is brought in yet. Killed on the way, it leaves an import that is still loading, which the next one of its workspace takes away.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { guessFormats } from '#domain/imports/guess-formats.ts';
import { findField, type ImportKind } from '#domain/imports/import-kinds.ts';
import type { ImportSettings } from '#domain/imports/import-settings.ts';
import { guessMapping, headingSignature, type Mapping } from '#domain/imports/mapping.ts';
import { formatId } from '#domain/shared/ids.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import type { Engine } from '#engine/engine.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { writeAudit } from '#engine/write-audit.ts';
import { findForm, MOST_COLUMNS, readFile, UnreadableFile, type FileForm, type FileRow } from './read-file.ts';

export const LARGEST_FILE_BYTES = 2 * 1024 ** 3;
/** Whichever comes first: many short rows, or a few that are long. */
const ROWS_AT_A_TIME = 20_000;
const CHARACTERS_AT_A_TIME = 4_000_000;
const lengthOf = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + cell.length + 1, 0);
/** What the formats are guessed from. */
const SAMPLED_ROWS = 200;

export type StagedFile = { kind: ImportKind; fileName: string };
type Who = { workspaceId: string; actor: string };

const refuse = (code: string, message: string): Result<never> => fail({ code, message, path: ['body'] });

/** Writes what comes to `path`; answers how many bytes, or null when there are more than a file may have. */
async function receive(bytes: AsyncIterable<Uint8Array>, path: string): Promise<number | null> {
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      size += chunk.byteLength;
      if (size > LARGEST_FILE_BYTES) return;
      yield chunk;
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(path));
  return size > LARGEST_FILE_BYTES ? null : size;
}

/** As the text form of COPY wants a value. */
const copied = (text: string): string => text.replaceAll('\\', '\\\\');

/** COPY knows no row-level security, so rows go through a table of this transaction's own. They are texts there, so that a value which the database refuses fails as any statement does. */
async function copyRows(transaction: Transaction, workspaceId: string, importId: string, rows: FileRow[]): Promise<void> {
  await transaction`create temporary table staged_rows (line int not null, cells text not null) on commit drop`;
  const into = await transaction`copy staged_rows (line, cells) from stdin`.writable();
  await pipeline(Readable.from(rows.map(({ line, cells }) => `${line}\t${copied(JSON.stringify(cells))}\n`)), into);
  await transaction`insert into import_rows (import_id, workspace_id, line, cells) select ${importId}, ${workspaceId}, line, cells::jsonb from staged_rows`;
  await transaction`update imports set total = total + ${rows.length} where id = ${importId}`;
}

type Remembered = { mapping: Mapping; settings: Partial<ImportSettings> };

async function guess(transaction: Transaction, kind: ImportKind, headings: string[], sample: FileRow[], country: string): Promise<{ mapping: Mapping; settings: ImportSettings; guessed: { remembered: boolean; datesAreSure: boolean } }> {
  const [remembered] = await transaction<Remembered[]>`select mapping, settings from import_mappings where kind = ${kind} and signature = ${headingSignature(headings)}`;
  const mapping = remembered?.mapping ?? guessMapping(kind, headings);
  const cellsOf = (...reads: string[]): string[] => sample.flatMap(({ cells }) => mapping.flatMap((name, column) => (name !== null && reads.includes(findField(kind, name)?.reads ?? '') ? [cells[column] ?? ''] : [])));
  const { dates, decimal, datesAreSure } = guessFormats({ dates: cellsOf('date', 'instant'), amounts: cellsOf('amount', 'number') }, country);
  return { mapping, settings: { known: 'update', startsJourneys: false, ...remembered?.settings, dates, decimal }, guessed: { remembered: remembered !== undefined, datesAreSure } };
}

const MINUTES_TO_LOAD = 60;

/** Makes the import of a file whose headings and first rows are known. */
async function begin(transaction: Transaction, { workspaceId, actor }: Who, file: StagedFile & { form: FileForm; bytes: number; headings: string[]; sample: FileRow[] }): Promise<string> {
  await transaction`delete from imports where state = 'loading' and created_at < clock_timestamp() - make_interval(mins => ${MINUTES_TO_LOAD})`;
  const { rules } = await loadWorkspace(transaction, workspaceId);
  const { mapping, settings, guessed } = await guess(transaction, file.kind, file.headings, file.sample, rules.country);
  const id = newId();
  const json = (value: unknown) => transaction.json(value as JSONValue);
  await transaction`
    insert into imports (id, workspace_id, kind, file_name, bytes, encoding, delimiter, headings, mapping, settings, guessed, state, started_by)
    values (${id}, ${workspaceId}, ${file.kind}, ${file.fileName}, ${file.bytes}, ${file.form.encoding}, ${file.form.delimiter}, ${file.headings}, ${json(mapping)}, ${json(settings)}, ${json(guessed)}, 'loading', ${actor})`;
  return id;
}

type Loading = { importId: string; total: number };

/** Reads the rows into staging. An import whose file cannot be read to its end is taken away again. */
async function load(engine: Pick<Engine, 'database'>, who: Who, file: StagedFile, path: string, form: FileForm, bytes: number): Promise<Result<Loading>> {
  const { database } = engine;
  let part: FileRow[] = [];
  let characters = 0;
  let loading: Loading | null = null;
  let headings: string[] = [];
  const put = async (): Promise<Loading> => {
    const importId = loading?.importId ?? (await inWorkspace(database, who.workspaceId, (transaction) => begin(transaction, who, { ...file, form, bytes, headings, sample: part.slice(0, SAMPLED_ROWS) })));
    loading = { importId, total: (loading?.total ?? 0) + part.length };
    if (part.length > 0) await inWorkspace(database, who.workspaceId, (transaction) => copyRows(transaction, who.workspaceId, importId, part));
    part = [];
    characters = 0;
    return loading;
  };
  try {
    const rows = readFile(path, form);
    const first = await rows.next();
    headings = first.done ? [] : first.value.cells.map((heading, index) => heading.slice(0, 200) || `${index + 1}`);
    if (headings.length === 0) return refuse('import.emptyFile', 'The file is empty.');
    if (headings.length > MOST_COLUMNS) return refuse('import.tooManyColumns', `A file has at most ${MOST_COLUMNS} columns.`);
    for await (const row of rows) {
      part.push(row);
      characters += lengthOf(row.cells);
      if (part.length >= ROWS_AT_A_TIME || characters >= CHARACTERS_AT_A_TIME) await put();
    }
    if (loading === null && part.length === 0) return refuse('import.noRows', 'The file has headings and no rows.');
    return ok(await put());
  } catch (error) {
    const left = loading as Loading | null;
    if (left) await inWorkspace(database, who.workspaceId, (transaction) => transaction`delete from imports where id = ${left.importId}`);
    if (error instanceof UnreadableFile) return fail({ code: error.code, message: error.message, path: ['body', error.line] });
    throw error;
  }
}

/** Takes in the bytes of a file; answers the id of its import, which waits to be looked at and started. */
export async function stageFile(engine: Pick<Engine, 'database'>, who: Who, file: StagedFile, bytes: AsyncIterable<Uint8Array>): Promise<Result<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'parcours-import-'));
  try {
    const path = join(folder, 'file.csv');
    const size = await receive(bytes, path);
    if (size === null) return refuse('import.tooLarge', `A file has at most ${LARGEST_FILE_BYTES / 1024 ** 3} GB: divide it.`);
    const form = await findForm(path);
    if (!form.ok) return form;
    const loaded = await load(engine, who, file, path, form.value, size);
    if (!loaded.ok) return loaded;
    const { importId, total } = loaded.value;
    await inWorkspace(engine.database, who.workspaceId, async (transaction) => {
      await transaction`update imports set state = 'ready' where id = ${importId}`;
      await writeAudit(transaction, who.workspaceId, { actor: who.actor, action: 'import.load', subject: formatId('import', importId), after: { kind: file.kind, rows: total } });
    });
    return ok(importId);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
