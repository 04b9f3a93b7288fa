/** CSV that spreadsheets open as a table and never run: a cell that begins like a formula is kept from being one. */
export type Cell = string | number | null;

/** A text that begins like a formula, blanks and full-width signs counted, is kept from being one by a quote mark (https://owasp.org/www-community/attacks/CSV_Injection). */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvText = (header: string[], rows: Cell[][]): string => [header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
