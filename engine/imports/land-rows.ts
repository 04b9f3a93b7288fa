/**
 * Brings the rows of a file in, a few hundred in one transaction that also writes how far it came: a killed import goes on after the last row that was
 * committed, and no row is brought in twice. A row that the database refuses is found by halving, and refused alone with its reason.
 */
import type { JSONValue } from 'postgres';
import { z } from 'zod';
import { insertRows } from '#db/insert-rows.ts';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { goesOn, type Placed } from '#domain/imports/gather-orders.ts';
import { IMPORT_KINDS, type ImportKind } from '#domain/imports/import-kinds.ts';
import { ImportSettings } from '#domain/imports/import-settings.ts';
import type { Mapping } from '#domain/imports/mapping.ts';
import { readRow, type ImportRow, type ReadContext, type RowProblem } from '#domain/imports/read-row.ts';
import { formatId } from '#domain/shared/ids.ts';
import { readNow } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import { LOST_RACES } from '#engine/ingest-events.ts';
import { loadWorkspace, type LoadedWorkspace } from '#engine/load-workspace.ts';
import { isOfOneMember, tryAgain } from '#engine/try-again.ts';
import { writeAudit } from '#engine/write-audit.ts';
import { landConsents, landRelatives } from './land-belongings.ts';
import { landCustomers } from './land-customers.ts';
import { landPurchases, landReturns } from './land-orders.ts';
import { landProducts } from './land-products.ts';
import type { Land, LandedProblem, Landing, LandingContext } from './landing.ts';

export const LANDED_AT_A_TIME = 500;
/** An order has no more lines than an event may hold. */
const MOST_LINES = 1_000;

const Row = z.object({
  id: z.string(), kind: z.enum(IMPORT_KINDS), headings: z.array(z.string()), mapping: z.array(z.string().nullable()), settings: ImportSettings, counts: z.record(z.string(), z.number()),
  total: z.number(), done: z.number(), done_line: z.number(), started_by: z.string(),
});
export type StoredImport = z.infer<typeof Row>;
type Staged = { line: number; cells: string[] };

/** Reads rows as this import reads them. */
export const readContextOf = (stored: { kind: ImportKind; mapping: Mapping; settings: ImportSettings }, { rules, currencyExponent }: Pick<LoadedWorkspace, 'rules' | 'currencyExponent'>, now: number): ReadContext => ({
  kind: stored.kind, mapping: stored.mapping, settings: stored.settings, language: rules.language, now,
  formats: { dates: stored.settings.dates, decimal: stored.settings.decimal, zone: rules.timeZone, country: rules.country, exponent: currencyExponent },
});

const isOf = <K extends ImportKind>(kind: K) => (placed: Placed<ImportRow>): placed is Placed<Extract<ImportRow, { kind: K }>> => placed.row.kind === kind;
const landing = <K extends ImportKind>(kind: K, land: Land<Extract<ImportRow, { kind: K }>>) => (context: LandingContext, rows: Placed<ImportRow>[]): Promise<Landing> => land(context, rows.filter(isOf(kind)));
const LANDINGS: Record<ImportKind, (context: LandingContext, rows: Placed<ImportRow>[]) => Promise<Landing>> = {
  customers: landing('customers', landCustomers), consents: landing('consents', landConsents), relatives: landing('relatives', landRelatives),
  products: landing('products', landProducts), purchases: landing('purchases', landPurchases), returns: landing('returns', landReturns),
};

const nextRows = (transaction: Transaction, { id, done_line: after }: StoredImport, limit: number): Promise<Staged[]> => transaction<Staged[]>`select line, cells from import_rows where import_id = ${id} and line > ${after} order by line limit ${limit}`;

/** The rows that come next. An order that the limit would cut is taken whole. */
async function takeRows(transaction: Transaction, stored: StoredImport, context: ReadContext, limit: number): Promise<Staged[]> {
  const rows = await nextRows(transaction, stored, limit);
  if (stored.kind !== 'purchases' && stored.kind !== 'returns') return rows;
  const last = rows.at(-1);
  const lastRow = last && readRow(last.cells, context);
  if (!last || rows.length < limit || !lastRow?.ok || (lastRow.value.kind !== 'purchases' && lastRow.value.kind !== 'returns')) return rows;
  const order = lastRow.value;
  const more = await nextRows(transaction, { ...stored, done_line: last.line }, MOST_LINES);
  const end = more.findIndex(({ cells }) => {
    const read = readRow(cells, context);
    return !read.ok || (read.value.kind !== 'purchases' && read.value.kind !== 'returns') || !goesOn(order, read.value);
  });
  return [...rows, ...(end < 0 ? more : more.slice(0, end))];
}

/** The problem of a landing has a field where that of a cell has a column. */
const inColumn = (mapping: Mapping, { field, ...problem }: LandedProblem): RowProblem => {
  const column = field === null ? -1 : mapping.indexOf(field);
  return { ...problem, column: column < 0 ? null : column };
};

type Brought = { problems: Map<number, RowProblem[]>; counts: Record<string, number>; events: number };

async function bring(transaction: Transaction, workspace: LoadedWorkspace, stored: StoredImport, context: ReadContext, rows: Staged[]): Promise<Brought> {
  const problems = new Map<number, RowProblem[]>();
  const good: Placed<ImportRow>[] = [];
  for (const { line, cells } of rows) {
    const read = readRow(cells, context);
    if (read.ok) good.push({ line, row: read.value });
    else problems.set(line, read.problems);
  }
  const landed = await LANDINGS[stored.kind]({ transaction, workspace, importId: stored.id, settings: stored.settings, now: context.now }, good);
  for (const [line, list] of landed.problems) problems.set(line, list.map((problem) => inColumn(stored.mapping, problem)));
  return { problems, counts: landed.counts, events: landed.events };
}

const added = (counts: Record<string, number>, more: Record<string, number>): Record<string, number> => Object.entries(more).reduce((sum, [name, by]) => ({ ...sum, [name]: (sum[name] ?? 0) + by }), counts);

/** Writes how far the import came, and its end when that was the last of it. */
async function note(transaction: Transaction, workspaceId: string, stored: StoredImport, rows: Staged[], { problems, counts }: Omit<Brought, 'events'>): Promise<boolean> {
  const all = added(added(stored.counts, counts), problems.size > 0 ? { refused: problems.size } : {});
  const cellsOf = new Map(rows.map(({ line, cells }) => [line, cells]));
  await insertRows(transaction, 'import_problems', [...problems].map(([line, list]) => ({ import_id: stored.id, workspace_id: workspaceId, line, cells: cellsOf.get(line) ?? [], problems: list })));
  const done = stored.done + rows.length;
  const isLast = rows.length === 0 || done >= stored.total;
  await transaction`
    update imports set done = ${done}, done_line = ${rows.at(-1)?.line ?? stored.done_line}, counts = ${transaction.json(all as JSONValue)}, armed_at = clock_timestamp(), state = ${isLast ? 'done' : 'running'}, finished_at = case when ${isLast} then clock_timestamp() end
     where id = ${stored.id}`;
  if (!isLast) return false;
  await writeAudit(transaction, workspaceId, { actor: stored.started_by, action: 'import.done', subject: formatId('import', stored.id), after: { kind: stored.kind, rows: done, ...all } });
  return true;
}

/** The running import, held; null when there is none to go on with. */
async function hold(transaction: Transaction, importId: string): Promise<StoredImport | null> {
  const [row] = await transaction`select id, kind, headings, mapping, settings, counts, total, done, done_line, started_by from imports where id = ${importId} and state = 'running' for no key update`;
  return row ? Row.parse(row) : null;
}

/** One transaction; answers whether rows are left. */
async function step(engine: Engine, workspaceId: string, importId: string, limit: number): Promise<boolean> {
  const { goesOnStill, events } = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const stored = await hold(transaction, importId);
    if (!stored) return { goesOnStill: false, events: 0 };
    const [workspace, now] = await Promise.all([loadWorkspace(transaction, workspaceId), readNow(transaction, workspaceId)]);
    const context = readContextOf(stored, workspace, now);
    const rows = await takeRows(transaction, stored, context, limit);
    const brought = await bring(transaction, workspace, stored, context, rows);
    return { goesOnStill: !(await note(transaction, workspaceId, stored, rows, brought)), events: brought.events };
  });
  if (events > 0) engine.hintRouters();
  return goesOnStill;
}

const REFUSED: RowProblem = { column: null, code: 'import.refused', message: 'The database cannot keep this row.' };

/** The one row that cannot be written is refused, and the import goes on after it. */
const passOver = (engine: Engine, workspaceId: string, importId: string): Promise<boolean> => inWorkspace(engine.database, workspaceId, async (transaction) => {
  const stored = await hold(transaction, importId);
  if (!stored) return false;
  const rows = await nextRows(transaction, stored, 1);
  return !(await note(transaction, workspaceId, stored, rows, { counts: {}, problems: new Map(rows.map(({ line }) => [line, [REFUSED]])) }));
});

/** Brings the next rows in; answers whether some are left. */
export async function landRows(engine: Engine, workspaceId: string, importId: string, limit = LANDED_AT_A_TIME): Promise<boolean> {
  for (let size = limit; ; size = Math.ceil(size / 2)) {
    try {
      return await tryAgain(() => step(engine, workspaceId, importId, size), LOST_RACES);
    } catch (error) {
      if (!isOfOneMember(error)) throw error;
      if (size === 1) return passOver(engine, workspaceId, importId);
    }
  }
}
