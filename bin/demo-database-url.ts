/** The database that a command works on: `DATABASE_URL`, else that of the demo which runs here. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export function demoDatabaseUrl(): string {
  const fromEnvironment = process.env['DATABASE_URL'];
  if (fromEnvironment) return fromEnvironment;
  const file = '.parcours/demo.json';
  if (!existsSync(file)) throw new Error('DATABASE_URL is missing; example: postgres://parcours:secret@127.0.0.1:5432/parcours. (No demo runs here either.)');
  return z.object({ databaseUrl: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).databaseUrl;
}
