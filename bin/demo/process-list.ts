/**
 * The list of the processes that a stack has started, kept in its folder. A process is known by its id and the moment it began, so that
 * an id which the system has given to another program since is never stopped.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const Entry = z.object({ name: z.string(), pid: z.number().int().positive(), began: z.string() });
type Entry = z.infer<typeof Entry>;

const PATIENCE_MS = 6_000;

/** When the process began, in the kernel's ticks since it booted; null when there is no such process, or only its remains. */
function beganAt(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

const isThere = ({ pid, began }: Entry): boolean => beganAt(pid) === began;

export type ProcessList = {
  add: (name: string, pid: number) => void;
  pids: () => Record<string, number>;
  find: (name: string) => number | null;
  stopAll: (except: readonly string[]) => Promise<string[]>;
};

/** Opens the list in a file, which is made at the first `add`. `stopAll` ends what still runs, by groups, and answers the names. */
export function openProcessList(file: string): ProcessList {
  const read = (): Entry[] => (existsSync(file) ? z.array(Entry).catch([]).parse(JSON.parse(readFileSync(file, 'utf8') || '[]')) : []);
  const write = (entries: Entry[]): void => {
    writeFileSync(`${file}.new`, JSON.stringify(entries));
    renameSync(`${file}.new`, file);
  };
  const signal = (entry: Entry, name: NodeJS.Signals): void => {
    try {
      process.kill(-entry.pid, name);
    } catch {
      // It ended by itself meanwhile.
    }
  };
  return {
    add: (name, pid) => write([...read().filter((entry) => entry.name !== name), { name, pid, began: beganAt(pid) ?? '' }]),
    pids: () => Object.fromEntries(read().filter(isThere).map(({ name, pid }) => [name, pid])),
    find: (name) => read().find((entry) => entry.name === name && isThere(entry))?.pid ?? null,
    async stopAll(except) {
      const running = read().filter((entry) => !except.includes(entry.name) && isThere(entry));
      for (const entry of running) signal(entry, 'SIGTERM');
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until && running.some(isThere); ) await pause(50);
      for (const entry of running.filter(isThere)) signal(entry, 'SIGKILL');
      return running.map(({ name }) => name);
    },
  };
}
