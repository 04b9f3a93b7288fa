/** Brings a database to the newest schema: the SQL files of db/migrations in order, each once, under an advisory lock. */
import { readFile, readdir } from 'node:fs/promises';
import postgres from 'postgres';

const FOLDER = new URL('./migrations/', import.meta.url);

/** The names of all migrations of this release, in their order. */
export const listMigrations = async (): Promise<string[]> => (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();

/**
 * Applies what is missing, each file in its own transaction. The role of `url` is the migrator: it owns the tables and needs
 * CREATEROLE and BYPASSRLS (or superuser), because the functions it defines look across workspaces. Safe to run at every start and from several processes.
 * `only` leaves out all others: the schema of an older release, for its backup.
 */
export async function migrate(url: string, { only }: { only?: readonly string[] } = {}): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(727271)`;
    await sql`create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())`;
    const applied = new Set((await sql<{ name: string }[]>`select name from schema_migrations`).map((row) => row.name));
    for (const name of (await listMigrations()).filter((candidate) => !applied.has(candidate) && (only?.includes(candidate) ?? true))) {
      const text = await readFile(new URL(name, FOLDER), 'utf8');
      await sql.begin(async (transaction) => {
        await transaction.unsafe(text);
        await transaction`insert into schema_migrations (name) values (${name})`;
      });
    }
    // Who made a role may give it away, but is not in it: on a managed server, where the owner is no superuser, the processes could not take it.
    await sql`do $$ begin if not pg_has_role(current_user, 'parcours_app', 'SET') then execute format('grant parcours_app to %I', current_user); end if; end $$`;
    await sql`select ensure_partitions(3)`;
  } finally {
    await sql.end();
  }
}
