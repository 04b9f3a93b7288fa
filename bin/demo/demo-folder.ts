/** The folder in which a stack keeps everything: its lock, its secret, its data and its logs. Two stacks in two folders share nothing. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openProcessList, type ProcessList } from '#bin/demo/process-list.ts';

export type DemoFolder = {
  path: (...parts: string[]) => string;
  secret: string;
  processes: ProcessList;
};

/** Makes the folder, and its secret, which signs links and sessions and so must stay the same. Throws a sentence when another demo runs in it. */
export function openDemoFolder(folder: string): DemoFolder {
  const path = (...parts: string[]): string => join(resolve(folder), ...parts);
  for (const part of ['logs', 'temporal']) mkdirSync(path(part), { recursive: true });
  const processes = openProcessList(path('processes.json'));
  const running = processes.find('demo');
  if (running !== null && running !== process.pid) {
    throw new Error(`The demo runs already, as process ${running}: ${runningAt(path('demo.json'))}; stop it with Ctrl-C in its terminal or "kill ${running}".`);
  }
  if (!existsSync(path('secret'))) writeFileSync(path('secret'), randomBytes(32).toString('hex'), { mode: 0o600 });
  return { path, processes, secret: readFileSync(path('secret'), 'utf8') };
}

function runningAt(file: string): string {
  const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  return typeof content === 'object' && content !== null && 'baseUrl' in content ? `open ${String(content.baseUrl)}` : 'it is still starting';
}

/** Forgets what Temporal keeps: the worker finds a cluster that it does not know and arms everything again. */
export function clearTemporal(folder: DemoFolder): void {
  rmSync(folder.path('temporal'), { recursive: true, force: true });
  mkdirSync(folder.path('temporal'), { recursive: true });
}
