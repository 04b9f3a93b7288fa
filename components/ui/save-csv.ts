/** Saves rows as a CSV file that spreadsheets open: UTF-8 with its mark, and no cell that a spreadsheet would run as a formula. */
import { csvText, type Cell } from '#domain/shared/csv.ts';

export const saveCsv = (name: string, header: string[], rows: Cell[][]): void => saveCsvText(name, [csvText(header, rows)]);

/** The parts of a file that is CSV already. */
export function saveCsvText(name: string, parts: readonly string[]): void {
  const address = URL.createObjectURL(new Blob(['\ufeff', ...parts], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
