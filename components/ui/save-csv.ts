/** Saves rows as a CSV file that spreadsheets open: UTF-8 with its mark, and no cell that a spreadsheet would run as a formula. */
import { csvText, type Cell } from '#domain/shared/csv.ts';

export function saveCsv(name: string, header: string[], rows: Cell[][]): void {
  const address = URL.createObjectURL(new Blob(['\ufeff', csvText(header, rows)], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
