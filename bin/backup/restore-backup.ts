/**
 * Restores a backup: into a database beside the one that is meant, which takes its name only when every table has all its rows. Until then nothing has changed, and
 * afterwards the former one is still there under another name.
 */
import { resolve } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { listMigrations, migrate } from '#db/migrate.ts';
import { copyIn, countRows } from './copy-tables.ts';
import { readBackup, type Manifest } from './manifest.ts';
import { majorOf, runTool } from './postgres-tools.ts';

export type RestoreOptions = { url: string; from: string; replace: boolean; jobs: number };
/** `former`: what the database that was there is called now. `armed`: how many alarm clocks the workers set anew. */
export type Restored = { manifest: Manifest; former: string | null; armed: number };

const atDatabase = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
};
const open = (url: string): Sql => postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'parcours-restore', statement_timeout: 0 } });

async function assertItFits(manifest: Manifest, server: Sql): Promise<void> {
  const known = new Set(await listMigrations());
  const newer = manifest.migrations.filter((name) => !known.has(name));
  if (newer.length > 0) throw new Error(`The backup is of a newer release (it has the migration ${newer.at(-1)}): restore it with that release.`);
  const [{ major, mayCreate } = { major: 0, mayCreate: false }] = await server<{ major: number; mayCreate: boolean }[]>`
    select current_setting('server_version_num')::int / 10000 as major, rolsuper or rolcreatedb as "mayCreate" from pg_roles where rolname = current_user`;
  if (manifest.kind === 'dump' && major < manifest.postgresMajor) throw new Error(`The backup is of PostgreSQL ${manifest.postgresMajor} and this server is ${major}: restore into ${manifest.postgresMajor} or later.`);
  if (!mayCreate) throw new Error('The user of DATABASE_URL may not make databases, and a restore makes one beside the present: give it CREATEDB.');
  const restorer = majorOf('pg_restore');
  if (manifest.kind === 'dump' && (restorer === null || restorer < manifest.postgresMajor)) throw new Error(`The backup was made by pg_dump: pg_restore ${manifest.postgresMajor} or later has to be on the PATH.`);
}

/** Whether the database is there, and holds anything. */
async function lookAt(server: Sql, url: string, name: string): Promise<'missing' | 'empty' | 'full'> {
  if ((await server`select 1 from pg_database where datname = ${name}`).length === 0) return 'missing';
  const sql = open(url);
  try {
    const [found] = await sql<{ tables: number }[]>`select count(*)::int as tables from pg_class where relkind in ('r', 'p') and relnamespace = to_regnamespace('public')`;
    return found && found.tables > 0 ? 'full' : 'empty';
  } finally {
    await sql.end();
  }
}

async function assertAllRowsAreThere(sql: Sql, manifest: Manifest): Promise<void> {
  const found = await countRows(sql, manifest.tables.map(({ name }) => name));
  for (const { name, rows } of manifest.tables) if (found.get(name) !== rows) throw new Error(`The table ${name} has ${found.get(name)} rows and the backup ${rows}: nothing was replaced.`);
}

async function fill(url: string, manifest: Manifest, folder: string, jobs: number): Promise<number> {
  if (manifest.kind === 'copy') await migrate(url, { only: manifest.migrations });
  const sql = open(url);
  try {
    if (manifest.kind === 'dump') {
      // The role is the server's, not the database's; a dump of a database only names it. The schema that every new database has is in the dump again.
      await sql`do $$ begin if not exists (select from pg_roles where rolname = 'parcours_app') then create role parcours_app nologin; end if; end $$`;
      await sql`drop schema public`;
      await runTool('pg_restore', ['--no-owner', '--exit-on-error', `--jobs=${jobs}`, `--dbname=${new URL(url).pathname.slice(1)}`, `${folder}/dump`], url);
    } else await copyIn(sql, manifest, folder);
    await assertAllRowsAreThere(sql, manifest);
    await migrate(url);
    // Temporal is asked anew for everything that sleeps: what it has armed belongs to the database that was there before.
    const [armed] = await sql<{ count: number }[]>`select disarm_cohorts()::int as count`;
    await sql`analyze`;
    return armed?.count ?? 0;
  } finally {
    await sql.end();
  }
}

/** Gives the filled database the name that is meant. PostgreSQL refuses it while anybody is connected to the former one. */
async function swap(server: Sql, names: { filled: string; meant: string; there: 'missing' | 'empty' | 'full' }): Promise<string | null> {
  const { filled, meant, there } = names;
  const former = there === 'full' ? `${meant}_before_${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`.slice(-63) : null;
  if (there === 'empty') await server`drop database ${server(meant)}`;
  if (former) await server`alter database ${server(meant)} rename to ${server(former)}`;
  await server`alter database ${server(filled)} rename to ${server(meant)}`;
  return former;
}

async function assertNobodyIsConnected(server: Sql, name: string): Promise<void> {
  const found = await server<{ who: string }[]>`select distinct coalesce(nullif(application_name, ''), usename::text) as who from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid() order by 1`;
  if (found.length > 0) throw new Error(`The database ${name} is in use by ${found.map(({ who }) => who).join(', ')}: stop the web servers and the workers, then restore.`);
}

export async function restoreBackup({ url, from, replace, jobs }: RestoreOptions): Promise<Restored> {
  const folder = resolve(from);
  const manifest = await readBackup(folder);
  const meant = decodeURIComponent(new URL(url).pathname.slice(1));
  const server = open(atDatabase(url, meant === 'postgres' ? 'template1' : 'postgres'));
  try {
    await assertItFits(manifest, server);
    const there = await lookAt(server, url, meant);
    if (there === 'full' && !replace) throw new Error(`The database ${meant} holds tables: with --replace the backup takes its name, and the present one is kept under another.`);
    if (there !== 'missing') await assertNobodyIsConnected(server, meant);
    const filled = `${meant}_restoring`;
    // What a restore that was killed has left.
    await server`drop database if exists ${server(filled)} with (force)`;
    await server`create database ${server(filled)} template template0`;
    try {
      const armed = await fill(atDatabase(url, filled), manifest, folder, jobs);
      if (there !== 'missing') await assertNobodyIsConnected(server, meant);
      return { manifest, armed, former: await swap(server, { filled, meant, there }) };
    } catch (error) {
      await server`drop database if exists ${server(filled)} with (force)`;
      throw error;
    }
  } finally {
    await server.end();
  }
}
