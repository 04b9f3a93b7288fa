import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkImports, isTest } from '#tests/boundaries/check-imports.ts';
import { BANNED_IN_DOMAIN, DEFAULT_EXPORTS, LONG_FILES, MAXIMUM_LINES, ROOT_ENTRIES } from '#tests/boundaries/doors.ts';
import { readSource } from '#tests/boundaries/read-source.ts';

const GENERATED = new Set(['node_modules', '.git', '.next', '.parcours', 'dist', 'test-results', 'playwright-report']);
const root = new URL('..', import.meta.url).pathname;

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (GENERATED.has(entry.name)) return [];
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

const sources = listFiles('')
  .filter((path) => /\.(ts|tsx|js|mjs)$/.test(path) && path !== 'next-env.d.ts')
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const inDomain = sources.filter(({ path }) => path.startsWith('domain/') && !isTest(path)).map(({ path, text }) => ({ path, ...readSource(path, text) }));

describe('the rooms', () => {
  it('import only through their doors', () => {
    expect(sources.flatMap(({ path, text }) => checkImports(path, text))).toEqual([]);
  });

  it.each(BANNED_IN_DOMAIN)('never say $name in the domain, because $reason', ({ word, name, reason }) => {
    expect(inDomain.filter(({ code }) => word.test(code)).map(({ path }) => `${path} says ${name}: ${reason}`)).toEqual([]);
  });

  it('test the domain without mocks or timers', () => {
    const mocked = sources.filter(({ path, text }) => path.startsWith('domain/') && /\bvi\s*\.\s*(mock|fn|spyOn|useFakeTimers)\b/.test(readSource(path, text).code.replaceAll(' ', '')));
    expect(mocked.map(({ path }) => path)).toEqual([]);
  });

  it('keep files at 300 lines or less, but for a list of exceptions with reasons', () => {
    const excused = new Set(LONG_FILES.map(({ path }) => path));
    const long = sources.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length })).filter(({ lines }) => lines > MAXIMUM_LINES);
    expect(long.filter(({ path }) => !excused.has(path)).map(({ path, lines }) => `${path} has ${lines} lines`)).toEqual([]);
    expect([...excused].filter((path) => !long.some((file) => file.path === path)), 'an exception that nobody needs').toEqual([]);
  });

  it('export by name, but where a tool asks for a default', () => {
    const found = sources.filter(({ path, text }) => !DEFAULT_EXPORTS.some((allowed) => allowed.test(path)) && readSource(path, text).exportsDefault);
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('use const lists instead of enums', () => {
    expect(sources.filter(({ path, text }) => /\benum\b/.test(text) && /\benum [A-Z]\w* \{/.test(readSource(path, text).code)).map(({ path }) => path)).toEqual([]);
  });

  it('have no barrel files but those of the workflows and the activities', () => {
    const barrels = sources.filter(({ path }) => /(^|\/)index\.(ts|tsx)$/.test(path)).map(({ path }) => path);
    expect(barrels.filter((path) => !/^(workflows|activities)\/index\.ts$/.test(path))).toEqual([]);
  });

  it('name files in kebab-case', () => {
    const named = (path: string): boolean => path.split('/').every((part) => /^[a-z0-9.[\]()_@-]+$/.test(part));
    expect(sources.filter(({ path }) => !named(path.replace(/\[\[?\.{0,3}[a-zA-Z]+\]?\]/g, 'x'))).map(({ path }) => path)).toEqual([]);
  });

  it('leave no work for later in the code', () => {
    const word = new RegExp(`\\b(TO${'DO'}|FIX${'ME'}|coming ${'soon'})\\b`);
    expect(sources.filter(({ text }) => word.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('are the only folders at the root: a thing without a room has no name yet', () => {
    const found = readdirSync(root).filter((name) => !GENERATED.has(name) && !name.endsWith('.tsbuildinfo') && !ROOT_ENTRIES.includes(name));
    expect(found).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each([
    ['a static import', "import { x } from '#db/connection.ts';"],
    ['a bare import', "import '#db/connection.ts';"],
    ['a re-export', "export { x } from '#db/connection.ts';"],
    ['a dynamic import', "const x = import('#db/connection.ts');"],
    ['a require', "const x = require('#db/connection.ts');"],
    ['an import of a type', "type X = import('#db/connection.ts').X;"],
    ['a package', "import postgres from 'postgres';"],
    ["Node's modules", "import fs from 'node:fs';"],
    ['a relative path', "import { x } from '../db/connection.ts';"],
    ['a computed import', 'const x = import(name);'],
  ])('sees %s', (_, text) => {
    expect(checkImports('domain/example.ts', text)).toHaveLength(1);
  });

  it('lets types through a door for types, and nothing else', () => {
    expect(checkImports('workflows/journey.ts', "import type { X } from '#activities/index.ts';")).toEqual([]);
    expect(checkImports('workflows/journey.ts', "import { x } from '#activities/index.ts';")).toEqual([expect.stringContaining('workflow code is replayed for years')]);
  });

  it('takes neither a comment nor a text for code', () => {
    const { code } = readSource('x.ts', "/** await Date.now() */ // await\nconst x = 'await' + `await ${1} new Date()`; const y = Date.now();");
    expect(BANNED_IN_DOMAIN.filter(({ word }) => word.test(code)).map(({ name }) => name)).toEqual(['Date.now(']);
  });
});
