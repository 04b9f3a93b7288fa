/** Imports as the API reads them, and the rows of their files. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { IMPORT_KINDS } from '#domain/imports/import-kinds.ts';
import { ImportSettings } from '#domain/imports/import-settings.ts';

const Row = z.object({
  id: z.string(), kind: z.enum(IMPORT_KINDS), fileName: z.string(), bytes: z.number(), encoding: z.string(), delimiter: z.string(), headings: z.array(z.string()), mapping: z.array(z.string().nullable()),
  settings: ImportSettings, guessed: z.object({ remembered: z.boolean(), datesAreSure: z.boolean() }), state: z.enum(['loading', 'ready', 'running', 'cancelled', 'done']), total: z.number(), done: z.number(),
  counts: z.record(z.string(), z.number()), createdAt: z.date(), startedAt: z.date().nullable(), finishedAt: z.date().nullable(),
});
export type ImportRow = z.infer<typeof Row>;

const columns = (transaction: Transaction) => transaction`
  id, kind, file_name as "fileName", bytes, encoding, delimiter, headings, mapping, settings, guessed, state, total, done, counts, created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

/** Newest first, those before `before`. */
export async function listImports(transaction: Transaction, page: { before: string | null; limit: number }): Promise<ImportRow[]> {
  const rows = await transaction`select ${columns(transaction)} from imports where (${page.before}::uuid is null or id < ${page.before}) order by id desc limit ${page.limit}`;
  return rows.map((row) => Row.parse(row));
}

export async function findImport(transaction: Transaction, id: string): Promise<ImportRow | null> {
  const [row] = await transaction`select ${columns(transaction)} from imports where id = ${id}`;
  return row ? Row.parse(row) : null;
}

export type StagedRow = { line: number; cells: string[] };

/** The first rows of a file that is not done. */
export const firstRows = (transaction: Transaction, importId: string, limit: number): Promise<StagedRow[]> => transaction<StagedRow[]>`select line, cells from import_rows where import_id = ${importId} order by line limit ${limit}`;

const Problems = z.array(z.object({ column: z.number().nullable(), code: z.string(), message: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])).optional() }));
const Refused = z.object({ line: z.number(), cells: z.array(z.string()), problems: Problems });
export type RefusedRow = z.infer<typeof Refused>;

/** The rows that could not be brought in, in the order of the file. */
export async function listRefusedRows(transaction: Transaction, importId: string, page: { after: number; limit: number }): Promise<RefusedRow[]> {
  const rows = await transaction`select line, cells, problems from import_problems where import_id = ${importId} and line > ${page.after} order by line limit ${page.limit}`;
  return rows.map((row) => Refused.parse(row));
}

/** Who of these is known already: `kind value` of each identifier that somebody has. */
export async function findKnownIdentifiers(transaction: Transaction, identifiers: { kind: string; value: string }[]): Promise<Set<string>> {
  const rows = await transaction<{ kind: string; value: string }[]>`
    select i.kind, i.value from customer_identifiers i join unnest(${identifiers.map(({ kind }) => kind)}::text[], ${identifiers.map(({ value }) => value)}::text[]) t(kind, value) on t.kind = i.kind and t.value = i.value`;
  return new Set(rows.map(({ kind, value }) => `${kind} ${value}`));
}
