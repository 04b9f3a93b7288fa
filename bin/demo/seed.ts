/** The demo workspace: made once from db/demo through the running stack, remembered beside the database, copied from a snapshot afterwards. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { DemoFolder } from '#bin/demo/demo-folder.ts';
import { seedDemo } from '#bin/demo/seed-demo.ts';
import { hashSources } from '#bin/demo/source-hash.ts';

const SEED_SOURCES = ['bin/demo/brand', 'bin/demo/seed-demo.ts', 'db/demo', 'db/migrations'];

/** What a person needs to walk in. */
export const SeededDemo = z.object({ workspaceId: z.string(), apiKey: z.string(), signIn: z.object({ email: z.string(), password: z.string() }) });
export type SeededDemo = z.infer<typeof SeededDemo>;

/** What making it needs of the running stack. */
export type SeedInput = {
  databaseUrl: string;
  baseUrl: string;
  temporalAddress: string;
  vendorServerUrl: string;
  secret: string;
  people: number;
  say: (line: string) => void;
};

const Remembered = SeededDemo.extend({ key: z.string() });

/** What a snapshot was made from: the schema, the generator, and how many people. */
export const seedKey = (people: number): string => hashSources(SEED_SOURCES).slice(0, 12) + String(people).padStart(4, '0');

const memory = (folder: DemoFolder, of: 'database' | 'snapshot'): string => folder.path(`${of}.json`);

/** What is known of the workspace in the database, or in the snapshot; null when it was never finished. */
export function recallSeed(folder: DemoFolder, of: 'database' | 'snapshot'): z.infer<typeof Remembered> | null {
  const file = memory(folder, of);
  return existsSync(file) ? Remembered.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export function rememberSeed(folder: DemoFolder, of: 'database' | 'snapshot', key: string, seeded: SeededDemo): void {
  writeFileSync(memory(folder, of), JSON.stringify({ ...seeded, key }), { mode: 0o600 });
}

export function forgetSeed(folder: DemoFolder, of: 'database' | 'snapshot'): void {
  rmSync(memory(folder, of), { force: true });
}

/** Makes the workspace. Takes minutes and says so in lines of its own. */
export const runSeed = (input: SeedInput): Promise<SeededDemo> => seedDemo(input);
