import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openProcessList } from '#bin/demo/process-list.ts';

const sleeper = (): number => spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }).pid ?? 0;

it('stops what it lists, but for the exceptions and for an id that is another program by now', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'parcours-list-')), 'processes.json');
  const list = openProcessList(file);
  const [worker, postgres, stranger] = [sleeper(), sleeper(), sleeper()];
  list.add('worker', worker);
  list.add('postgres', postgres);
  list.add('web server', stranger);
  const entries: { name: string; began: string }[] = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(entries.map((entry) => (entry.name === 'web server' ? { ...entry, began: '1' } : entry))));
  expect(await list.stopAll(['postgres'])).toEqual(['worker']);
  expect(list.find('worker')).toBeNull();
  expect(list.pids()).toEqual({ postgres });
  expect(() => process.kill(stranger, 0)).not.toThrow();
  for (const pid of [postgres, stranger]) process.kill(pid, 'SIGKILL');
});
