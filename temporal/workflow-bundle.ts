/** The workflows' code, bundled without a server, and kept on disk by the hash of its sources, so that a worker starts in a moment. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';

const ROOT = new URL('../', import.meta.url);
const SOURCES = new URL('workflows/', ROOT);
const CACHE = fileURLToPath(new URL('node_modules/.cache/parcours/', ROOT));
const SILENT = { log: () => {}, trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
  for (const name of names) hash.update(name).update(await readFile(new URL(name, SOURCES)));
  hash.update(await readFile(new URL('node_modules/@temporalio/workflow/package.json', ROOT)));
  return hash.digest('hex').slice(0, 16);
}

/** The bundle, from the disk when these sources were bundled before; a cache that cannot be written costs seconds, nothing else. */
export async function loadWorkflowBundle(): Promise<WorkflowBundle> {
  const file = join(CACHE, `workflows-${await hashSources()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return { code: kept };
  const { code } = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('index.ts', SOURCES)), logger: SILENT });
  try {
    await mkdir(CACHE, { recursive: true });
    await writeFile(`${file}.${process.pid}`, code);
    await rename(`${file}.${process.pid}`, file);
  } catch {
    // A read-only checkout bundles at every start.
  }
  return { code };
}
