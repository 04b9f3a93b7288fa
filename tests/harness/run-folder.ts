/**
 * One folder per test run, named by the run's process id, so that runs beside each other share nothing. What a killed run left behind
 * (its servers and its files) is found by that id and cleared away by the next run.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopPostgres } from '#db/server.ts';

const parent = join(tmpdir(), `parcours-tests-${process.getuid?.() ?? 'user'}`);

/** The folder of this run. */
export function runFolder(): string {
  const folder = join(parent, String(process.pid));
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const TEMPORAL_PID_FILE = 'temporal.pid';

function stopTemporal(folder: string): void {
  const file = join(folder, TEMPORAL_PID_FILE);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes('start-dev')) process.kill(pid, 'SIGKILL');
}

/** Stops the servers of a run and removes its files. */
export async function clearRun(folder: string): Promise<void> {
  stopTemporal(folder);
  const data = join(folder, 'postgres');
  await stopPostgres(data);
  try {
    rmSync(realpathSync(data), { recursive: true, force: true });
  } catch {
    // There is no data folder.
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Clears what runs that are no longer alive have left. */
export async function clearDeadRuns(): Promise<void> {
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  for (const name of readdirSync(parent)) if (!isAlive(Number(name))) await clearRun(join(parent, name));
}
