/** docs/semantics/ says what holds today; each of its lines is kept by a test whose name quotes its number. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const FOLDERS = ['domain', 'engine', 'db', 'providers', 'app', 'bin', 'workflows', 'activities', 'temporal', 'components', 'tests'];
const tests = FOLDERS.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(test|e2e)\.tsx?$/.test(name) && !name.includes('node_modules')).map((name) => readFileSync(join(root, folder, name), 'utf8')));
/** Names given as such, and those of the rows of a table of cases. */
const NAMED = /(?:\b(?:it|test|describe)(?:\.\w+)?\(\s*|\n\s*(?:\[|\)\()\s*)(?:`[^`]*`|'(?:\\.|[^'\\])*'|"[^"]*")/g;
const quoted = new Set(tests.flatMap((text) => [...text.matchAll(NAMED)].flatMap(([name]) => [...name.matchAll(/§(\d+\.\d+)/g)].map(([, line]) => line ?? ''))));

const pages = readdirSync(join(root, 'docs/semantics')).filter((name) => /^\d+-/.test(name));
const lines = pages.flatMap((page) => [...readFileSync(join(root, 'docs/semantics', page), 'utf8').matchAll(/^\| (\d+\.\d+) \| (.*?) \| (.*?) \|$/gm)].map(([, line = '', , keptIn = '']) => ({ page, line, keptIn })));

it('quotes each line of docs/semantics in the name of a test', () => {
  expect(lines.length).toBeGreaterThan(80);
  expect(lines.filter(({ line }) => !quoted.has(line)).map(({ page, line }) => `${page} says ${line}, and no test names §${line}`)).toEqual([]);
});

/** Sections of which every line holds, and how many lines each has: none of them may be forgotten on its page. */
const WHOLE: Record<number, number> = { 1: 11, 2: 6, 3: 8, 4: 7, 7: 8, 8: 6 };

it('says every line of the sections that are whole, once, in their order', () => {
  for (const [section, count] of Object.entries(WHOLE)) {
    const said = lines.filter(({ page }) => page.startsWith(`${section}-`)).map(({ line }) => line);
    expect(said).toEqual(Array.from({ length: count }, (_, index) => `${section}.${index + 1}`));
  }
});

it('names a file or folder that is there for each line, or a table of the database', () => {
  const tables = new Set(readdirSync(join(root, 'db/migrations')).flatMap((name) => [...readFileSync(join(root, 'db/migrations', name), 'utf8').matchAll(/create table (?:if not exists )?(\w+)/g)].map(([, table]) => table)));
  const isThere = (name: string): boolean => tables.has(name) || readdirSync(join(root, name.slice(0, name.replace(/\/$/, '').lastIndexOf('/')) || '.')).includes(name.replace(/\/$/, '').split('/').at(-1) ?? '');
  const missing = lines.flatMap(({ page, line, keptIn }) => [...keptIn.matchAll(/`([^`]+)`/g)].filter(([, name = '']) => !isThere(name)).map(([, name]) => `${page} says that ${line} is kept in ${name}, which is not there`));
  expect(missing).toEqual([]);
});
