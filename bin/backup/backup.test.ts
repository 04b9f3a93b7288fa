import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBackup } from '#bin/backup/make-backup.ts';
import { MANIFEST } from '#bin/backup/manifest.ts';
import { libpqVariables } from '#bin/backup/postgres-tools.ts';
import { restoreBackup } from '#bin/backup/restore-backup.ts';
import { seedWorkspace } from '#tests/harness/seed-workspace.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let folder: string;
let backup: string;
const opened: string[] = [];
/** Beside the database of the test, on the same server. */
const beside = (name: string): string => {
  const url = new URL(api.url);
  url.pathname = `${url.pathname}_${name}`;
  opened.push(url.href);
  return url.href;
};
const onServer = async <T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
};

/** What every table holds, order apart; heartbeats and what the restore sets anew apart. */
const contentOf = (url: string): Promise<Record<string, string>> => onServer(url, async (sql) => {
  const tables = await sql<{ name: string }[]>`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('worker_heartbeats', 'schema_migrations') order by 1`;
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ hash: string }[]>(`select md5(coalesce(string_agg(line, e'\\n' order by line), '')) as hash from (select (to_jsonb(t) - 'armed_at')::text as line from "${name}" t) lines`);
    content[name] = row?.hash ?? '';
  }
  return content;
});

beforeAll(async () => {
  api = await openTestApi();
  folder = await mkdtemp(join(tmpdir(), 'parcours-backup-test-'));
  backup = join(folder, 'monday');
  await seedWorkspace(api, 'backed-up');
  await onServer(api.url, async (sql) => {
    // A month of which a new installation makes no partition.
    await sql.unsafe(`create table events_202401 partition of events for values from ('018cc251-f400-7000-8000-000000000000') to ('018d61f9-8c00-7000-8000-000000000000')`);
    await sql.unsafe(`insert into events (id, workspace_id, event_id, type, source, occurred_at, accepted_at, properties, outcome) select '018cd000-0000-7000-8000-000000000000', id, 'old', 'visit', 'merchant', now(), now(), '{"said": "tab\\t, line\\n, «é», \\\\N"}', 'accepted' from workspaces limit 1`);
  });
  await makeBackup({ url: api.url, to: backup, jobs: 1 });
}, 60_000);
afterAll(async () => {
  for (const url of opened) await onServer(api.url, (sql) => sql`drop database if exists ${sql(new URL(url).pathname.slice(1))} with (force)`.execute());
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

it('holds every row of every table, also of months long past, and a restore brings all of them back', { timeout: 60_000 }, async () => {
  const url = beside('whole');
  await restoreBackup({ url, from: backup, replace: false, jobs: 2 });
  expect(await contentOf(url)).toEqual(await contentOf(api.url));
  const keys = (at: string) => onServer(at, (sql) => sql<{ n: number }[]>`select count(*)::int as n from pg_constraint where contype = 'f'`);
  expect(await keys(url)).toEqual(await keys(api.url));
  // Counters go on after what was restored.
  await onServer(url, (sql) => sql`insert into node_passes (workspace_id, version_id, node_id, port, minute, passed) select workspace_id, version_id, node_id, port, minute, 1 from node_passes limit 1`.execute());
});

it('overwrites nothing unless asked, nothing that is in use, and keeps the database that was there under another name', { timeout: 60_000 }, async () => {
  const url = beside('whole');
  await onServer(url, (sql) => sql`update workspaces set name = 'changed since'`.execute());
  await expect(restoreBackup({ url, from: backup, replace: false, jobs: 1 })).rejects.toThrow(/holds tables: with --replace/);
  const worker = postgres(url, { max: 1, connection: { application_name: 'parcours-worker' } });
  await worker`select 1`;
  await expect(restoreBackup({ url, from: backup, replace: true, jobs: 1 })).rejects.toThrow(/in use by parcours-worker: stop the web servers and the workers/);
  expect(await worker`select count(*)::int as n from customers`).toEqual([{ n: 1 }]);
  await worker.end();
  const { former } = await restoreBackup({ url, from: backup, replace: true, jobs: 1 });
  const kept = new URL(url);
  kept.pathname = `/${former}`;
  opened.push(kept.href);
  const nameIn = (at: string) => onServer(at, (sql) => sql<{ name: string }[]>`select name from workspaces limit 1`);
  expect([await nameIn(kept.href), await nameIn(url)]).toEqual([[{ name: 'changed since' }], [{ name: 'backed-up' }]]);
});

it('refuses a backup that is damaged, cut short, or of a newer release, and says which', async () => {
  const refuse = async (change: (copy: string) => Promise<unknown>): Promise<unknown> => {
    const copy = await mkdtemp(join(folder, 'bad-'));
    for (const name of await readdir(backup)) await writeFile(join(copy, name), await readFile(join(backup, name)));
    await change(copy);
    return restoreBackup({ url: beside('bad'), from: copy, replace: false, jobs: 1 }).then(() => 'restored', (error: Error) => error.message);
  };
  expect(await refuse((copy) => rm(join(copy, MANIFEST)))).toContain('holds no finished backup');
  expect(await refuse((copy) => appendFile(join(copy, 'customers.copy.gz'), 'x'))).toBe('The backup is damaged: customers.copy.gz is not the file that was written.');
  expect(await refuse((copy) => rm(join(copy, 'customers.copy.gz')))).toBe('The backup is not whole: customers.copy.gz is missing.');
  const change = (from: string | RegExp, to: string) => async (copy: string) => writeFile(join(copy, MANIFEST), (await readFile(join(copy, MANIFEST), 'utf8')).replace(from, to));
  expect(await refuse(change('"0001_foundation.sql"', '"0001_foundation.sql", "9999_later.sql"'))).toBe('The backup is of a newer release (it has the migration 9999_later.sql): restore it with that release.');
  expect(await refuse(change(/("name": "customers",[^}]*"rows": )1/, '$17'))).toBe('The table customers has 1 rows and the backup 7: nothing was replaced.');
  expect(await onServer(api.url, (sql) => sql`select datname from pg_database where datname like ${'%_bad%'}`)).toEqual([]);
});

it('is for nobody else to read, is never written over another, and not by a user who does not see all rows', async () => {
  expect([(await stat(backup)).mode & 0o077, (await stat(join(backup, 'customers.copy.gz'))).mode & 0o077]).toEqual([0, 0]);
  await expect(makeBackup({ url: api.url, to: backup, jobs: 1 })).rejects.toThrow(/is there already/);
  const role = `reader_${new URL(api.url).pathname.slice(1)}`;
  await onServer(api.url, (sql) => sql.unsafe(`create role ${role} login password 'reader'`));
  const url = new URL(api.url);
  [url.username, url.password] = [role, 'reader'];
  await expect(makeBackup({ url: url.href, to: join(folder, 'blind'), jobs: 1 })).rejects.toThrow(/BYPASSRLS/);
  await onServer(api.url, (sql) => sql.unsafe(`drop role ${role}`));
  expect(await readdir(folder)).not.toContain('blind.unfinished');
});

it('hands pg_dump the address by its variables, so that no password stands in a list of processes', () => {
  expect(libpqVariables('postgres://ada:p%40ss@db.example.com/parcours?sslmode=verify-full')).toEqual({ PGHOST: 'db.example.com', PGPORT: '5432', PGUSER: 'ada', PGPASSWORD: 'p@ss', PGDATABASE: 'parcours', PGSSLMODE: 'verify-full' });
});
