import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkspace } from '#db/create-workspace.ts';
import { openDatabase, type Database } from '#db/connection.ts';
import { importJourney } from '#engine/commands/import-journey.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

let test: TestDatabase;
let database: Database;
let workspaceId: string;
const file = (name: string, hours = 1) => ({
  formatVersion: 1, key: 'welcome', name, entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: hours, unit: 'hours' } } }],
});
const bring = (input: unknown, publish: boolean) => runInWorkspace({ database }, { workspaceId, actor: 'test' }, ({ command }) => importJourney(command, input, { publish }));

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { maximumConnections: 2 });
  workspaceId = await createWorkspace(database, { slug: 'files', name: 'Files', brand: 'Files', kind: 'live', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'fr' });
});
afterAll(async () => {
  await database.end();
  await test.drop();
});

it('makes a journey of a file, and a version only when something changed', async () => {
  expect(await bring(file('Welcome'), false)).toMatchObject({ ok: true, value: { draft: 'created', publishedVersion: null } });
  expect(await bring(file('Welcome'), true)).toMatchObject({ ok: true, value: { draft: 'unchanged', publishedVersion: 1 } });
  expect(await bring(file('Welcome'), true)).toMatchObject({ ok: true, value: { draft: 'unchanged', publishedVersion: null } });
  expect(await bring(file('Welcome', 2), true)).toMatchObject({ ok: true, value: { draft: 'changed', publishedVersion: 2 } });
});

it('says what is wrong with a file, with its path', async () => {
  expect(await bring({ ...file('Welcome'), entry: {} }, true)).toMatchObject({ ok: false, problems: [{ path: ['entry', 'trigger'] }, {}, {}] });
  expect(await bring({ ...file('Welcome'), nodes: [] }, true)).toMatchObject({ ok: false });
});
