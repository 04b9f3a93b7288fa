/** Global setup of every project that needs Postgres: one embedded server per run, with one migrated template database to copy from. */
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { findFreePort } from '#bin/free-port.ts';
import { migrate } from '#db/migrate.ts';
import { startPostgres } from '#db/server.ts';
import { clearDeadRuns, clearRun, runFolder } from '#tests/harness/run-folder.ts';

export const TEMPLATE = 'parcours_template';

async function startWithTemplate(): Promise<string> {
  await clearDeadRuns();
  const server = await startPostgres({ dataFolder: join(runFolder(), 'postgres'), port: await findFreePort(), durable: false });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    const made = await sql`select 1 from pg_database where datname = ${TEMPLATE}`;
    if (made.length === 0) {
      await sql`create database ${sql(TEMPLATE)}`;
      const url = new URL(server.url);
      url.pathname = `/${TEMPLATE}`;
      await migrate(url.href);
    }
  } finally {
    await sql.end();
  }
  return server.url;
}

// Two projects of one run share one server: the setup is loaded once per project, in the same process.
const shared = globalThis as typeof globalThis & { parcoursTestPostgres?: Promise<string> };

/** Starts the server, or uses the one of this run, and tells the test files its URL; its answer stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.parcoursTestPostgres ??= startWithTemplate();
  project.provide('postgresUrl', await shared.parcoursTestPostgres);
  return () => clearRun(runFolder());
}
