/**
 * Writes `domain/messages/public-holidays.ts` from the date-holidays package: `npx tsx bin/make-holidays.ts`.
 * The domain reads holidays as dated data, so that a decision made today is explained in the same way in five years.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import Holidays from 'date-holidays';

const COUNTRIES = ['FR'];
const YEARS = Array.from({ length: 21 }, (_, index) => 2020 + index);
const TARGET = new URL('../domain/messages/public-holidays.ts', import.meta.url);

const manifest: unknown = JSON.parse(readFileSync(new URL('../node_modules/date-holidays/package.json', import.meta.url), 'utf8'));
const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';

const linesOf = (country: string): string[] => {
  const calendar = new Holidays(country);
  return YEARS.map((year) => {
    const days = calendar.getHolidays(year).filter((day) => day.type === 'public').map((day) => `'${day.date.slice(5, 10)}'`);
    return `    ${year}: [${[...new Set(days)].sort().join(', ')}],`;
  });
};

const text = `/**
 * Public holidays of the whole country, by year, as month and day. Made by bin/make-holidays.ts; don't edit by hand.
 * Source: date-holidays ${version} (https://github.com/commenthol/date-holidays); the French ones are those of
 * article L. 3133-1 of the labour code. Holidays of a single region (Good Friday in Alsace) are not in it.
 */
const PUBLIC_HOLIDAYS: Record<string, Record<number, readonly string[]>> = {
${COUNTRIES.map((country) => `  ${country}: {\n${linesOf(country).join('\n')}\n  },`).join('\n')}
};

/** Whether a local date (\`YYYY-MM-DD\`) is a public holiday of the country; false for years and countries that the table does not hold. */
export const isPublicHoliday = (country: string, date: string): boolean =>
  PUBLIC_HOLIDAYS[country]?.[Number(date.slice(0, 4))]?.includes(date.slice(5)) ?? false;
`;
writeFileSync(TARGET, text);
