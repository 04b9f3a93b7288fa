/** Keeps one process of ours running: it is started again when it ends by itself, and stopped when we say so. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type KeptProcess = { pid: () => number; stop: () => Promise<void> };
/** `ready` answers whether the process serves; `started` hears each new process id. All output goes to `logFile`. */
export type ProcessOptions = {
  name: string;
  command: string[];
  environment: Record<string, string>;
  logFile: string;
  ready: () => Promise<boolean>;
  started: (pid: number) => void;
  say: (line: string) => void;
};

const READY_TIMEOUT_MS = 60_000;
const STOP_PATIENCE_MS = 8_000;
const LONGEST_PAUSE_MS = 10_000;

const lastLine = (file: string): string => readFileSync(file, 'utf8').trim().split('\n').slice(-1).join('').slice(0, 500) || 'it said nothing';

function launch({ command: [program = '', ...args], environment, logFile }: ProcessOptions): ChildProcess {
  const log = openSync(logFile, 'a');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], env: { ...process.env, ...environment } });
  closeSync(log);
  return child;
}

/** Starts the process and answers when it is ready. One that ends before that, or is not ready in a minute, is an error with its last words. */
export async function keepProcess(options: ProcessOptions): Promise<KeptProcess> {
  const { name, say, started, logFile } = options;
  let child = launch(options);
  let stopping = false;
  let pauseMs = 500;
  let ended = false;

  const watch = (): void => {
    ended = false;
    const since = Date.now();
    if (child.pid !== undefined) started(child.pid);
    child.once('error', () => (ended = true));
    child.once('exit', (code, signal) => {
      ended = true;
      if (!stopping && ready) void restart(code === null ? `by ${signal ?? 'a signal'}` : `with code ${code}`, since);
    });
  };
  const restart = async (how: string, since: number): Promise<void> => {
    pauseMs = Date.now() - since > 30_000 ? 500 : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    say(`The ${name} ended ${how} and is started again; its log is ${logFile}.`);
    await pause(pauseMs);
    if (stopping) return;
    child = launch(options);
    watch();
  };
  let ready = false;
  watch();
  for (const until = Date.now() + READY_TIMEOUT_MS; !(await options.ready()); await pause(100)) {
    if (ended) throw new Error(`The ${name} ended at once: ${lastLine(logFile)}`);
    if (Date.now() > until) throw new Error(`The ${name} is not ready after ${READY_TIMEOUT_MS / 1_000} s; its log is ${logFile}.`);
  }
  ready = true;

  return {
    pid: () => child.pid ?? 0,
    async stop() {
      stopping = true;
      if (ended || child.pid === undefined) return;
      const gone = new Promise((done) => child.once('exit', done));
      process.kill(-child.pid, 'SIGTERM');
      const patience = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), STOP_PATIENCE_MS);
      await gone;
      clearTimeout(patience);
    },
  };
}
