/** The two servers of a stack, Postgres and Temporal: started on a free port, and started again when they end by themselves. */
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '#bin/free-port.ts';
import { startPostgres, type PostgresOptions } from '#db/server.ts';
import { startTemporal, type TemporalServer } from '#temporal/server.ts';
import type { DemoFolder } from '#bin/demo/demo-folder.ts';

export type KeptServer = { url: string; uiUrl: string | null; stop: () => Promise<void> };

const LOOK_EVERY_MS = 500;

/** A free port, with a line when it is not the usual one. */
export async function takePort(name: string, usual: number, say: (line: string) => void): Promise<number> {
  const port = await findFreePort(usual);
  if (port !== usual) say(`Port ${usual} is taken, so ${name} uses ${port}.`);
  return port;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Postgres is no child of ours: it outlives us, and a look twice a second tells whether it is there. */
export async function keepPostgres(folder: DemoFolder, usualPort: number, durable: boolean, say: (line: string) => void): Promise<KeptServer> {
  const options: PostgresOptions = { dataFolder: folder.path('postgres'), port: await takePort('Postgres', usualPort, () => {}), durable };
  let server = await startPostgres(options);
  if (server.port !== usualPort) say(`Port ${usualPort} is taken, so Postgres uses ${server.port}.`);
  folder.processes.add('postgres', server.pid);
  const port = server.port;
  let stopped = false;
  const watch = (async () => {
    for (; !stopped; await pause(LOOK_EVERY_MS)) {
      if (isAlive(server.pid)) continue;
      say('Postgres ended and is started again.');
      try {
        server = await startPostgres({ ...options, port });
        folder.processes.add('postgres', server.pid);
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
  })();
  const stop = async (): Promise<void> => {
    stopped = true;
    await watch;
    await server.stop();
  };
  return { url: server.url, uiUrl: null, stop };
}

/** Temporal, with its data in a file that survives, on ports that stay the same for the life of the stack. */
export async function keepTemporal(folder: DemoFolder, usualPort: number, usualUiPort: number, say: (line: string) => void): Promise<KeptServer> {
  const port = await takePort('Temporal', usualPort, say);
  const uiPort = await takePort("Temporal's interface", usualUiPort, say);
  const start = (): Promise<TemporalServer> => startTemporal({ port, uiPort, dbFile: folder.path('temporal', 'temporal.db'), say });
  let stopped = false;
  let server = await start();
  folder.processes.add('temporal', server.pid);
  const watch = (async () => {
    while (!stopped) {
      await server.exited;
      if (stopped) return;
      say('Temporal ended and is started again.');
      try {
        server = await start();
        folder.processes.add('temporal', server.pid);
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
        await pause(2_000);
      }
    }
  })();
  const stop = async (): Promise<void> => {
    stopped = true;
    await server.stop();
    await watch;
  };
  return { url: server.address, uiUrl: server.uiUrl, stop };
}
