/** Makes a backup of a running installation's database: everything in it at one instant, in a folder that gets its name when it is whole. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import postgres, { type TransactionSql } from 'postgres';
import { copyOut, listSequences, listTables } from './copy-tables.ts';
import { MANIFEST, sha256Of, type Manifest } from './manifest.ts';
import { majorOf, runTool } from './postgres-tools.ts';

/** `as`: what to use instead of what fits best. */
export type BackupOptions = { url: string; to: string; as?: Manifest['kind'] | undefined; jobs: number };

const PACKAGE = new URL('../../package.json', import.meta.url);
/** pg_dump gathers the directory itself and wants to make it. */
const DUMP = 'dump';

async function assertItSeesAll(transaction: TransactionSql): Promise<number> {
  const [role] = await transaction<{ sees: boolean; name: string; major: number }[]>`
    select rolsuper or rolbypassrls as sees, rolname::text as name, current_setting('server_version_num')::int / 10000 as major from pg_roles where rolname = current_user`;
  if (!role?.sees) throw new Error(`The user ${role?.name ?? ''} of DATABASE_URL sees no rows of workspaces: back up as the user of "npm run migrate", who has BYPASSRLS or is a superuser.`);
  return role.major;
}

async function listFiles(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  const files: Manifest['files'] = [];
  for (const path of paths) files.push({ path: path.slice(folder.length + 1), bytes: (await stat(path)).size, sha256: await sha256Of(path) });
  return files;
}

/** Which way fits: pg_dump where there is one that may read this server, else our own copy. */
function chooseKind(asked: Manifest['kind'] | undefined, serverMajor: number): Manifest['kind'] {
  const dumpMajor = majorOf('pg_dump');
  const mayDump = dumpMajor !== null && dumpMajor >= serverMajor;
  if (asked === 'dump' && !mayDump) throw new Error(`There is no pg_dump ${serverMajor} or later on the PATH${dumpMajor === null ? '' : ` (the one there is ${dumpMajor})`}; without --as it is copied table by table.`);
  return asked ?? (mayDump ? 'dump' : 'copy');
}

/** A folder that is there already is never written into. */
export async function makeBackup({ url, to, as, jobs }: BackupOptions): Promise<Manifest> {
  const folder = resolve(to);
  if (existsSync(folder)) throw new Error(`${folder} is there already: name a folder that is not, for instance one of today.`);
  const half = `${folder}.unfinished`;
  await mkdir(dirname(folder), { recursive: true });
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'parcours-backup', statement_timeout: 0 } });
  try {
    const manifest = await sql.begin('isolation level repeatable read read only', async (transaction): Promise<Manifest> => {
      const postgresMajor = await assertItSeesAll(transaction);
      const kind = chooseKind(as, postgresMajor);
      const tables = await listTables(transaction);
      const migrations = await transaction<{ name: string }[]>`select name from schema_migrations order by name`;
      const [now] = await transaction<{ snapshot: string; at: Date }[]>`select pg_export_snapshot() as snapshot, now() as at`;
      if (!now) throw new Error('The server gave no snapshot.');
      if (kind === 'dump') await runTool('pg_dump', ['--format=directory', `--jobs=${jobs}`, '--no-owner', '--schema=public', `--snapshot=${now.snapshot}`, `--file=${join(half, DUMP)}`], url);
      return {
        format: 'parcours-backup', formatVersion: 1, kind, madeAt: now.at.toISOString(), parcours: JSON.parse(await readFile(PACKAGE, 'utf8')).version, postgresMajor,
        migrations: migrations.map(({ name }) => name), tables: kind === 'copy' ? await copyOut(transaction, tables, half) : tables, sequences: await listSequences(transaction), files: [],
      };
    });
    const whole = { ...manifest, files: await listFiles(half) };
    await writeFile(join(half, MANIFEST), `${JSON.stringify(whole, null, 1)}\n`, { mode: 0o600 });
    await rename(half, folder);
    return whole;
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  } finally {
    await sql.end();
  }
}
