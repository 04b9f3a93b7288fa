/** What a backup says of itself: made by which schema on which PostgreSQL, and each file's length and SHA-256. It is written last, so a folder without one is a backup that was cut short. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

export const MANIFEST = 'manifest.json';

/** `file`: its rows as COPY writes them, compressed. `bound` and `parent`: what a partition needs to be made again. A dump has its rows in files of its own. */
const Table = z.object({ name: z.string(), parent: z.string().nullable(), bound: z.string().nullable(), columns: z.array(z.string()), rows: z.number().int().nonnegative(), file: z.string().nullable() });
export type BackedUpTable = z.infer<typeof Table>;

export const Manifest = z.object({
  format: z.literal('parcours-backup'),
  formatVersion: z.literal(1),
  /** `dump`: by pg_dump, in its directory format; `copy`: table by table, by ourselves. */
  kind: z.enum(['dump', 'copy']),
  madeAt: z.iso.datetime(),
  parcours: z.string(),
  postgresMajor: z.number().int(),
  migrations: z.array(z.string()).min(1),
  tables: z.array(Table),
  sequences: z.array(z.object({ name: z.string(), last: z.number().int().nullable() })),
  files: z.array(z.object({ path: z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/), bytes: z.number().int().nonnegative(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The manifest of a folder, with every file looked at. Throws what is wrong, in one sentence that names the file. */
export async function readBackup(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) throw new Error(`${folder} holds no finished backup: there is no ${MANIFEST} in it.`);
  const parsed = Manifest.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not the manifest of a backup that this release can read.`);
  for (const file of parsed.data.files) {
    const there = join(folder, file.path);
    if (!existsSync(there)) throw new Error(`The backup is not whole: ${file.path} is missing.`);
    if ((await stat(there)).size !== file.bytes || (await sha256Of(there)) !== file.sha256) throw new Error(`The backup is damaged: ${file.path} is not the file that was written.`);
  }
  return parsed.data;
}
