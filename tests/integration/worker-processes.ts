/** Worker processes of their own over a brand's database and task queue, for tests that kill them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { inject } from 'vitest';
import type { SleepingBrand } from '#tests/integration/sleeping-brand.ts';

export function openWorkerProcesses() {
  const children: ChildProcess[] = [];
  return {
    start({ databaseUrl, taskQueue }: Pick<SleepingBrand, 'databaseUrl' | 'taskQueue'>): ChildProcess {
      const options = { databaseUrl, taskQueue, temporalAddress: inject('temporalAddress'), temporalNamespace: 'default', publicUrl: 'http://127.0.0.1:1', secret: 'a secret of thirty-two characters' };
      const child = spawn(process.execPath, ['--import', 'tsx', 'tests/integration/worker-process.ts'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, WORKER_OPTIONS: JSON.stringify(options) } });
      children.push(child);
      return child;
    },
    /** With SIGKILL; answers once it is gone. */
    kill: (child: ChildProcess): Promise<unknown> => new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGKILL');
    }),
    killAll(): void {
      for (const child of children.splice(0)) child.kill('SIGKILL');
    },
  };
}
