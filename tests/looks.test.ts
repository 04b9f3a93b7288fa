import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALL_LOOKS } from '#tests/e2e/looks/find-faults.ts';

const root = new URL('..', import.meta.url).pathname;
const filesUnder = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });

/** The folders of app/ that show something to a person; what an API answers is not looked at. */
const routes = filesUnder('app').flatMap((path) => {
  const page = /^(?:(.*)\/)?page\.tsx$/.exec(path);
  if (page) return [page[1] ?? ''];
  if (path === 'not-found.tsx') return ['not-found'];
  const own = /^(.*)\/(?:join|preference|push|visit)-page\.ts$/.exec(path);
  return own ? [own[1] ?? ''] : [];
});
const dialogs = filesUnder('components').filter((path) => path.endsWith('.tsx') && /<(\w*Modal|Drawer|Spotlight\.Root|PickerDialog|ConfirmWithNumbers)\b/.test(readFileSync(join(root, 'components', path), 'utf8')));

it('looks with axe at every route of app/, so that a new one is not forgotten', () => {
  const looked = new Set(ALL_LOOKS.map(({ route }) => route.replace(/^\//, '')));
  expect(routes.filter((route) => !looked.has(route))).toEqual([]);
  expect([...looked].filter((route) => !routes.includes(route)), 'a look at a route that is gone').toEqual([]);
});

it('looks with axe at every dialog of components/', () => {
  const looked = new Set(ALL_LOOKS.flatMap(({ shows }) => shows ?? []));
  expect(dialogs.filter((path) => !looked.has(path))).toEqual([]);
  expect([...looked].filter((path) => !dialogs.includes(path)), 'a look at a dialog that is gone').toEqual([]);
});

it('names each look once', () => {
  expect(new Set(ALL_LOOKS.map(({ name }) => name)).size).toBe(ALL_LOOKS.length);
});
