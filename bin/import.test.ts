import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let folder: string;
let workspaceId: string;
beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('command');
  folder = await mkdtemp(join(tmpdir(), 'parcours-import-test-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const run = async (...values: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bin/import.ts', ...values, '--workspace', 'command'], { env: { ...process.env, DATABASE_URL: api.url } })).stdout;

it('brings a file in by a command, shows first how it would be read, and leaves the refused rows beside it', { timeout: 60_000 }, async () => {
  const file = join(folder, 'clients.csv');
  await writeFile(file, Buffer.from('Code client;Prénom;E-mail;Naissance\nZ1;Zoé;zoe@example.org;31/01/1985\nZ2;Léa;lea@;99/01/1990\n', 'latin1'));
  expect(await run('customers', file, '--check')).toContain('2 rows, windows-1252. Columns: «Code client» is externalId, «Prénom» is firstName, «E-mail» is email, «Naissance» is birthDate. Dates dmy');
  expect(await inWorkspace(api.database, workspaceId, (transaction) => transaction`select 1 from imports`)).toHaveLength(0);
  expect(await run('customers', file)).toContain('created 1, refused 1');
  expect((await readFile(`${file}.refused.csv`, 'utf8')).split('\r\n')[1]).toBe('3,"E-mail, Naissance",This is not an e-mail address. This is no date in the order dmy.,Z2,Léa,lea@,99/01/1990');
  expect(await run('customers', file)).toContain('left.same 1, refused 1');
  await expect(run('customers', join(folder, 'nowhere.csv'))).rejects.toThrow(/ENOENT/);
});
