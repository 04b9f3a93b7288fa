/** How a file writes dates and amounts, guessed from its first cells, and whether they leave a doubt that a person has to settle. */
import { splitDate, type DateOrder, type DecimalMark } from './read-cell.ts';

export type GuessedFormats = { dates: DateOrder; decimal: DecimalMark; datesAreSure: boolean };

/** The countries that write the month first. */
const MONTH_FIRST = ['US', 'PH', 'FM'];

/**
 * The order in which all cells of the date columns are dates; between two that both fit, the country's own. `amounts`: a cell whose last mark is
 * followed by one or two digits tells the decimal mark; when none does, the country's own.
 */
export function guessFormats(cells: { dates: readonly string[]; amounts: readonly string[] }, country: string): GuessedFormats {
  const dates = cells.dates.map((cell) => cell.trim()).filter(Boolean);
  const usual: DateOrder = MONTH_FIRST.includes(country) ? 'mdy' : 'dmy';
  const orders: DateOrder[] = [usual, usual === 'dmy' ? 'mdy' : 'dmy', 'ymd'];
  const fitting = orders.filter((order) => dates.length > 0 && dates.every((cell) => splitDate(cell, order) !== null));
  const readings = new Set(fitting.map((order) => dates.map((cell) => splitDate(cell, order)?.date).join()));
  const marks = cells.amounts.flatMap((cell) => /([.,])\d{1,2}\D*$/.exec(cell.trim())?.[1] ?? []);
  const commas = marks.filter((mark) => mark === ',').length;
  const decimal: DecimalMark = marks.length === 0 ? (MONTH_FIRST.includes(country) || country === 'GB' ? '.' : ',') : commas * 2 >= marks.length ? ',' : '.';
  return { dates: fitting[0] ?? usual, decimal, datesAreSure: dates.length === 0 || readings.size === 1 };
}
