/** A whole stack for one command: in a temporary folder, on free ports, stopped and cleared away afterwards unless something went wrong. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProcessList } from '#bin/demo/process-list.ts';
import { startStack, type Say, type StackAddresses } from '#bin/demo/start-stack.ts';
import { findFreePort } from '#bin/free-port.ts';

/** `pids` names what runs now: a process that was killed has another id when it is started again. */
export type OwnStack = { addresses: StackAddresses; folder: string; /** `PARCOURS_SECRET` of its processes: whoever seals for them needs it. */ secret: () => string; pids: () => Record<string, number>; stop: (clear: boolean) => Promise<void> };

/** Without `folder` it is a temporary one. `durable: false` does not flush commits to the disk. */
export async function openOwnStack(options: { name: string; folder?: string; durable: boolean; signal?: AbortSignal; say: Say }): Promise<OwnStack> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), `parcours-${options.name}-`));
  // PostgreSQL runs as another user when this is root, and keeps its data in here.
  if (!options.folder) chmodSync(folder, 0o711);
  const from = await findFreePort(20_000 + (process.pid % 10_000));
  const stack = await startStack({
    folder, people: 100, fresh: false, seed: false, durable: options.durable, say: options.say,
    ports: { web: from, vendors: from + 1, temporal: from + 2, temporalUi: from + 3, postgres: from + 4 },
    ...(options.signal && { signal: options.signal }),
  });
  const processes = openProcessList(join(folder, 'processes.json'));
  return {
    addresses: stack.addresses,
    folder,
    secret: () => readFileSync(join(folder, 'secret'), 'utf8'),
    pids: () => processes.pids(),
    async stop(clear) {
      await stack.stop();
      if (clear) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stops the stack on Ctrl-C too, then ends the process. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().finally(() => process.exit(130));
    });
  }
}
