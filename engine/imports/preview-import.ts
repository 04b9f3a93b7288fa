/** The first rows of a file as they would land: every cell as it is read, what is wrong with a row, and whether whom it names is known. Nothing is written. */
import { findImport, findKnownIdentifiers, firstRows, type StagedRow } from '#db/queries/imports.ts';
import type { Transaction } from '#db/connection.ts';
import type { ImportSettings } from '#domain/imports/import-settings.ts';
import type { Mapping } from '#domain/imports/mapping.ts';
import { readCells, readRow, type CellOutcome, type RowProblem, type RowRead, type ImportRow } from '#domain/imports/read-row.ts';
import { readNow } from '#engine/burst/gather.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { readContextOf } from './land-rows.ts';

export const PREVIEWED_ROWS = 20;

/** `known`: whether somebody has one of the row's identifiers; null when it names nobody. */
export type PreviewedRow = StagedRow & { outcomes: CellOutcome[]; problems: RowProblem[]; known: boolean | null };

const identifiersOf = (read: RowRead<ImportRow>): { kind: string; value: string }[] => (read.ok && 'identifiers' in read.value ? read.value.identifiers : []);

/** With `mapping` and `settings` as they would be chosen, else as they stand. */
export async function previewImport(transaction: Transaction, workspaceId: string, importId: string, chosen: { mapping?: Mapping | undefined; settings?: ImportSettings | undefined }): Promise<PreviewedRow[]> {
  const stored = await findImport(transaction, importId);
  if (!stored) throw new PermanentError('import.unknown', 'There is no such import.');
  const [workspace, now] = await Promise.all([loadWorkspace(transaction, workspaceId), readNow(transaction, workspaceId)]);
  const context = readContextOf({ kind: stored.kind, mapping: chosen.mapping ?? stored.mapping, settings: chosen.settings ?? stored.settings }, workspace, now);
  const rows = (await firstRows(transaction, importId, PREVIEWED_ROWS)).map((row) => ({ ...row, read: readRow(row.cells, context), outcomes: readCells(row.cells, context) }));
  const known = await findKnownIdentifiers(transaction, rows.flatMap(({ read }) => identifiersOf(read)));
  return rows.map(({ line, cells, read, outcomes }) => {
    const identifiers = identifiersOf(read);
    return { line, cells, outcomes, problems: read.ok ? [] : read.problems, known: identifiers.length === 0 ? null : identifiers.some(({ kind, value }) => known.has(`${kind} ${value}`)) };
  });
}
