/** Saves rows as a CSV file that spreadsheets open: UTF-8 with its mark, and no cell that a spreadsheet would run as a formula. */
type Cell = string | number | null;

/** A text that begins like a formula is kept from being one by a quote mark. */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvText = (header: string[], rows: Cell[][]): string => [header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');

export function saveCsv(name: string, header: string[], rows: Cell[][]): void {
  const address = URL.createObjectURL(new Blob(['\ufeff', csvText(header, rows)], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
