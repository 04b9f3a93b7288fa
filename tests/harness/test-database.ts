/** A database of its own for a test file: a copy of the migrated template, made in some tens of milliseconds. */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { TEMPLATE } from '#tests/harness/postgres.ts';

/**
 * `url` is the migrator's: `postgres(url)` passes row-level security, `openDatabase(url)` of #db/connection.ts works in the
 * application's role, under it. `drop` ends all connections to it; without it, the database goes with the run.
 */
export type TestDatabase = { url: string; name: string; drop: () => Promise<void> };

/** Copies the template database. Call it once per file, in `beforeAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const runOnServer = async (statement: (sql: postgres.Sql) => Promise<unknown>): Promise<void> => {
    const sql = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
    try {
      await statement(sql);
    } finally {
      await sql.end();
    }
  };
  await runOnServer((sql) => sql`create database ${sql(name)} template ${sql(TEMPLATE)}`.execute());
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, name, drop: () => runOnServer((sql) => sql`drop database if exists ${sql(name)} with (force)`.execute()) };
}
