/**
 * The CDNOW purchases for tests: the real file beside the checkout, else one of the same shape and size made here, so that the test never
 * skips. What is known of the real file by heart is only expected of the real one.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const REAL = resolve('../shared/data/cdnow.txt');
const CUSTOMERS = 23_570;
const PURCHASES = 69_659;

export type CdnowFile = { path: string; isReal: boolean };

/** Where the file is; without the real one, an equal-shaped one is written to the folder. */
export function findCdnow(folder: string): CdnowFile {
  if (existsSync(REAL)) return { path: REAL, isReal: true };
  console.warn(`${REAL} is not there: the purchases of this run are generated, of the same shape and number.`);
  const path = join(folder, 'cdnow.txt');
  writeFileSync(path, generateCdnow());
  return { path, isReal: false };
}

/** One heading, CRLF, each customer at least once, some lines twice, 80 zero amounts; the same bytes each time. */
export function generateCdnow(): string {
  let state = 19_970_101;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const lines = Array.from({ length: PURCHASES }, (_, index) => {
    const customer = index < CUSTOMERS ? index + 1 : 1 + Math.floor((next(1_000) * next(1_000) * CUSTOMERS) / 1_000_000);
    const day = new Date(Date.UTC(1997, 0, 1) + next(546) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    const cents = index % 290 === 0 && index < 80 * 290 ? 0 : 100 + next(7_000);
    return ` ${String(customer).padStart(5, '0')} ${day} ${String(1 + next(4)).padStart(2)} ${(cents / 100).toFixed(2).padStart(7)}`;
  });
  for (let index = CUSTOMERS + 500; index < PURCHASES; index += 300) lines[index] = lines[index - 1] ?? '';
  return `${[' customer_id  date number_of_cds  dollar_value', ...lines.sort()].join('\r\n')}\r\n`;
}
