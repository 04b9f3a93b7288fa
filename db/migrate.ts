/** Brings a database to the newest schema: the SQL files of db/migrations in order, each once, under an advisory lock. */
import { readFile, readdir } from 'node:fs/promises';
import postgres from 'postgres';

const FOLDER = new URL('./migrations/', import.meta.url);

/**
 * Applies what is missing, each file in its own transaction. The role of `url` is the migrator: it owns the tables and needs
 * CREATEROLE and BYPASSRLS (or superuser), because the functions it defines look across workspaces. Safe to run at every start and from several processes.
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(727271)`;
    await sql`create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())`;
    const applied = new Set((await sql<{ name: string }[]>`select name from schema_migrations`).map((row) => row.name));
    const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
    for (const name of names.filter((candidate) => !applied.has(candidate))) {
      const text = await readFile(new URL(name, FOLDER), 'utf8');
      await sql.begin(async (transaction) => {
        await transaction.unsafe(text);
        await transaction`insert into schema_migrations (name) values (${name})`;
      });
    }
    await sql`select ensure_partitions(3)`;
  } finally {
    await sql.end();
  }
}
