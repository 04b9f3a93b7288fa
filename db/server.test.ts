import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, it } from 'vitest';
import { findFreePort } from '#bin/free-port.ts';
import { findRunning, startPostgres, stopPostgres } from '#db/server.ts';

const dataFolder = join(mkdtempSync(join(tmpdir(), 'parcours-server-')), 'postgres');
const start = async () => startPostgres({ dataFolder, port: await findFreePort(), durable: false });

afterAll(async () => {
  await stopPostgres(dataFolder);
  rmSync(join(dataFolder, '..'), { recursive: true, force: true });
});

it('starts once however often it is asked, and comes back with its data after a kill -9', async () => {
  const first = await start();
  const again = await start();
  expect(again).toMatchObject({ url: first.url, pid: first.pid });
  const sql = postgres(first.url, { max: 1 });
  await sql`create table kept (n int)`;
  await sql`insert into kept values (7)`;
  await sql`checkpoint`;
  await sql.end();
  process.kill(first.pid, 'SIGKILL');
  await expect.poll(() => findRunning(dataFolder)).toBeNull();
  const third = await start();
  const after = postgres(third.url, { max: 1 });
  expect(await after`select n, current_setting('TimeZone') as zone from kept`).toEqual([{ n: 7, zone: 'UTC' }]);
  await after.end();
});

it('takes a pid file that names another program for a stale one', async () => {
  await stopPostgres(dataFolder);
  const file = join(dataFolder, 'postmaster.pid');
  writeFileSync(file, `${process.ppid}\n${dataFolder}\n0\n5\n`);
  const server = await start();
  expect(readFileSync(file, 'utf8').startsWith(String(server.pid))).toBe(true);
});
