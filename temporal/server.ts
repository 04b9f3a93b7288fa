/** The Temporal dev server of the demo and the tests: one process on 127.0.0.1, with a file or in memory, ready when it answers. */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { findTemporalServer } from '#temporal/find-server.ts';
import { whyUnreachable } from '#temporal/why-unreachable.ts';

export type TemporalServer = { address: string; uiUrl: string | null; pid: number; exited: Promise<number | null>; stop: () => Promise<void> };
/** Without `dbFile` it forgets everything when it ends; without `uiPort` it has no interface. */
export type TemporalOptions = {
  port: number;
  uiPort?: number;
  dbFile?: string;
  dynamicConfig?: Record<string, string | number | boolean>;
  executable?: string;
  say?: (line: string) => void;
};

const READY_TIMEOUT_MS = 30_000;
/** One machine: no rate limits between our own processes, and one partition per task queue. */
const DYNAMIC_CONFIG = {
  'frontend.namespaceRPS': 100_000, 'frontend.rps': 100_000, 'history.rps': 100_000, 'matching.rps': 100_000,
  'matching.numTaskqueueReadPartitions': 1, 'matching.numTaskqueueWritePartitions': 1,
};

function serverArguments({ port, uiPort, dbFile, dynamicConfig }: TemporalOptions): string[] {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'];
  args.push(...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]));
  args.push(...(dbFile ? ['--db-filename', dbFile] : []), '--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1');
  for (const [key, value] of Object.entries({ ...DYNAMIC_CONFIG, ...dynamicConfig })) args.push('--dynamic-config-value', `${key}=${value}`);
  return args;
}

/** Whether the server answers for its default namespace. */
async function answers(port: number): Promise<boolean> {
  if (await whyUnreachable('127.0.0.1', port, 1_000)) return false;
  try {
    const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: 1_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace: 'default' });
    } finally {
      await connection.close();
    }
    return true;
  } catch {
    return false;
  }
}

/** Starts the server and answers when it is ready. It is in a process group of its own, so a Ctrl-C at the terminal reaches only its parent. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const executable = options.executable ?? (await findTemporalServer(options.say));
  const address = `127.0.0.1:${options.port}`;
  if (!(await whyUnreachable('127.0.0.1', options.port, 1_000))) throw new Error(`The Temporal server cannot start: something listens at ${address} already.`);
  const child = spawn(executable, serverArguments(options), { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let lastWords = '';
  child.stderr.on('data', (chunk) => (lastWords = (lastWords + String(chunk)).slice(-2_000)));
  const exited = new Promise<number | null>((done) => {
    child.once('error', () => done(null));
    child.once('exit', (code) => done(code));
  });
  let ended = false;
  void exited.then(() => (ended = true));
  const stop = async (): Promise<void> => {
    if (!ended) child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(patience);
  };
  for (const since = Date.now(); !(await answers(options.port)); await pause(100)) {
    if (ended) throw new Error(`The Temporal server ${executable} ended at once: ${lastWords.trim().split('\n').at(-1) || 'it said nothing'}.`);
    if (Date.now() - since < READY_TIMEOUT_MS) continue;
    await stop();
    throw new Error(`The Temporal server ${executable} did not answer at ${address} within ${READY_TIMEOUT_MS / 1_000} s.`);
  }
  const uiUrl = options.uiPort === undefined ? null : `http://127.0.0.1:${options.uiPort}`;
  return { address, uiUrl, pid: child.pid ?? 0, exited, stop };
}
