/** Our own processes of a stack: the simulated vendors, the web server and the worker, kept running against its servers. */
import { resolve } from 'node:path';
import type { DemoFolder } from '#bin/demo/demo-folder.ts';
import { keepProcess, type KeptProcess } from '#bin/demo/keep-process.ts';

export type ProgramOptions = {
  folder: DemoFolder;
  databaseUrl: string;
  temporalAddress: string;
  temporalUiUrl: string | null;
  webPort: number;
  vendorPort: number;
  say: (line: string) => void;
};
export type Programs = { stop: () => Promise<void> };

export const baseUrlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Whether a server answers at the address with anything but an error of its own. */
async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(3_000), redirect: 'manual' })).status < 500;
  } catch {
    return false;
  }
}

function environment({ folder, databaseUrl, temporalAddress, temporalUiUrl, webPort, vendorPort }: ProgramOptions): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: process.env['TEMPORAL_NAMESPACE'] ?? 'default',
    ...(temporalUiUrl && { TEMPORAL_UI_URL: temporalUiUrl }),
    PARCOURS_SECRET: folder.secret,
    PUBLIC_URL: baseUrlOf(webPort),
    PORT: String(webPort),
    HOSTNAME: '127.0.0.1',
    VENDOR_SERVER_URL: baseUrlOf(vendorPort),
    VENDOR_SERVER_PORT: String(vendorPort),
    DEMO_FOLDER: folder.path('.'),
    NODE_ENV: 'production',
  };
}

/** Starts all three at once and answers when the vendors and the web server answer, and the web server has seen the worker. */
export async function startPrograms(options: ProgramOptions): Promise<Programs> {
  const { folder, say, webPort, vendorPort } = options;
  const keep = (name: string, file: string, ready: () => Promise<boolean>): Promise<KeptProcess> =>
    keepProcess({
      name,
      command: [process.execPath, '--import', 'tsx', resolve('bin', file)],
      environment: environment(options),
      logFile: folder.path('logs', `${name.replaceAll(' ', '-')}.log`),
      ready,
      started: (pid) => folder.processes.add(name, pid),
      say,
    });
  const starting = [
    keep('vendor server', 'vendor-server.ts', () => answers(baseUrlOf(vendorPort))),
    keep('worker', 'worker.ts', () => Promise.resolve(true)),
    keep('web server', 'start.ts', () => answers(`${baseUrlOf(webPort)}/readyz`)),
  ];
  const settled = await Promise.allSettled(starting);
  const kept = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async (): Promise<void> => void (await Promise.all(kept.map((program) => program.stop())));
  const failure = settled.find((result) => result.status === 'rejected');
  if (!failure) return { stop };
  await stop();
  throw failure.reason;
}
