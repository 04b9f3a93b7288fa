/** What commands over one workspace share: the database that they work on, and the workspace that is named. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { openDatabase, type Database } from '#db/connection.ts';

/** `DATABASE_URL`, else the database of the demo which runs here. */
export function databaseUrl(): string {
  const fromEnvironment = process.env['DATABASE_URL'];
  if (fromEnvironment) return fromEnvironment;
  const file = '.parcours/demo.json';
  if (!existsSync(file)) throw new Error('DATABASE_URL is missing; example: postgres://parcours:secret@127.0.0.1:5432/parcours. (No demo runs here either.)');
  return z.object({ databaseUrl: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).databaseUrl;
}

/** The workspace that a command means: the one it names, else the demo's when no database is named either; null when it has to say. */
export const workspaceOf = (named: string | undefined): string | null => named ?? (process.env['DATABASE_URL'] ? null : 'demo');

/** Does the work in the workspace of this name, and closes the connections. */
export async function withWorkspace(command: string, slug: string, maximumConnections: number, work: (database: Database, workspaceId: string) => Promise<void>): Promise<void> {
  const database = openDatabase(databaseUrl(), { applicationName: `parcours-${command}`, maximumConnections });
  try {
    const [found] = await database<{ id: string | null }[]>`select resolve_workspace(${slug}) as id`;
    if (!found?.id) throw new Error(`There is no workspace «${slug}».`);
    await work(database, found.id);
  } finally {
    await database.end();
  }
}

/** A failure is one line, and the command ends with 1. */
export async function runCommandLine(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
