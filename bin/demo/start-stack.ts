/**
 * Starts a whole stack in one folder: Postgres, Temporal, the schema, a build, our processes and the demo workspace, with a line and its
 * seconds for each step. What it started it also stops, in the opposite order, and nothing else. The demo, the end-to-end tests and the
 * drills run the same stack.
 */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { openDemoDatabase, type DemoDatabase } from '#bin/demo/demo-database.ts';
import { clearTemporal, openDemoFolder, type DemoFolder } from '#bin/demo/demo-folder.ts';
import { baseUrlOf, startPrograms, type ProgramOptions, type Programs } from '#bin/demo/programs.ts';
import { forgetSeed, recallSeed, rememberSeed, runSeed, seedKey, type SeededDemo } from '#bin/demo/seed.ts';
import { keepPostgres, keepTemporal, takePort } from '#bin/demo/servers.ts';
import { isBuilt } from '#bin/demo/source-hash.ts';
import { migrate } from '#db/migrate.ts';

export type Say = (line: string) => void;
export type StackPorts = { web: number; vendors: number; temporal: number; temporalUi: number; postgres: number };
/**
 * `databaseUrl` and `temporalAddress` are servers of others, which are used and not stopped. `seed: false` makes no demo workspace.
 * When `signal` aborts, the start stops between two steps, or within a long one.
 */
export type StackOptions = {
  folder: string;
  ports: StackPorts;
  people: number;
  fresh: boolean;
  seed: boolean;
  durable: boolean;
  databaseUrl?: string;
  temporalAddress?: string;
  signal?: AbortSignal;
  say: Say;
};
/** What `.parcours/demo.json` says. */
export type StackAddresses = {
  baseUrl: string;
  signIn: { email: string; password: string } | null;
  apiKey: string | null;
  workspaceId: string | null;
  temporalAddress: string;
  temporalUiUrl: string | null;
  vendorServerUrl: string;
  databaseUrl: string;
  pids: Record<string, number>;
};
export type Stack = { addresses: StackAddresses; stop: () => Promise<void> };

type Step = <T>(done: string, work: () => Promise<T>) => Promise<T>;

const stepper = ({ say, signal }: StackOptions): Step => async (done, work) => {
  signal?.throwIfAborted();
  const since = performance.now();
  const result = await work();
  say(`${done} (${((performance.now() - since) / 1_000).toFixed(1)} s).`);
  return result;
};

/** What the work answers, unless the start is called off before. */
function unlessAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work;
  return Promise.race([work, new Promise<never>((_, fail) => signal.addEventListener('abort', () => fail(signal.reason), { once: true }))]);
}

function build(logFile: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/build.ts'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => {
      writeFileSync(logFile, output);
      if (code === 0) done();
      else fail(new Error(`The build failed; its log is ${logFile}.`));
    });
  });
}

/** Decides what the database starts from: what it holds, the snapshot, or nothing. Answers the workspace that is in it already. */
async function prepareDatabase(folder: DemoFolder, database: DemoDatabase, { fresh, people, seed, say }: StackOptions): Promise<SeededDemo | null> {
  const there = await database.exists();
  const remembered = recallSeed(folder, 'database');
  if (there && !fresh && (!seed || remembered)) return remembered;
  const key = seedKey(people);
  forgetSeed(folder, 'database');
  clearTemporal(folder);
  const snapshot = recallSeed(folder, 'snapshot');
  if (seed && snapshot?.key === key && (await database.restoreSnapshot(key))) {
    rememberSeed(folder, 'database', key, snapshot);
    say('The demo workspace is copied from its snapshot.');
    return snapshot;
  }
  if (there && !fresh) say('The demo workspace was not finished, so it is made anew.');
  await database.create();
  return null;
}

/** Makes the workspace through the running stack; then, with our processes stopped for a moment, keeps a snapshot of it. */
async function makeWorkspace(context: { folder: DemoFolder; database: DemoDatabase | null; options: StackOptions; programs: ProgramOptions; running: Programs[]; step: Step }): Promise<SeededDemo> {
  const { folder, database, options, programs, running, step } = context;
  const { databaseUrl, temporalAddress, say } = programs;
  const input = { databaseUrl, temporalAddress, say, baseUrl: baseUrlOf(programs.webPort), vendorServerUrl: baseUrlOf(programs.vendorPort), secret: folder.secret, people: options.people };
  const seeded = await step('The demo workspace is made', () => unlessAborted(options.signal, runSeed(input)));
  const key = seedKey(options.people);
  if (database) {
    await step('A snapshot of it is kept for --fresh', async () => {
      await running.pop()?.stop();
      await database.keepSnapshot(key);
      running.push(await startPrograms(programs));
    });
    rememberSeed(folder, 'snapshot', key, seeded);
  }
  rememberSeed(folder, 'database', key, seeded);
  return seeded;
}

/** Starts everything and answers when all of it answers. When a step fails, what was started is stopped and the error says why. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { ports, say } = options;
  const folder = openDemoFolder(options.folder);
  const step = stepper(options);
  const left = await folder.processes.stopAll(['demo', 'postgres']);
  if (left.length > 0) say(`Stopped what a killed demo had left running: ${left.join(', ')}.`);
  rmSync(folder.path('demo.json'), { force: true });
  folder.processes.add('demo', process.pid);

  const running: { stop: () => Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    rmSync(folder.path('demo.json'), { force: true });
    for (const part of running.splice(0).reverse()) await part.stop();
    rmSync(folder.path('processes.json'), { force: true });
  };
  try {
    if (options.databaseUrl && options.fresh) throw new Error('--fresh starts over with the embedded Postgres only; empty the database of DATABASE_URL yourself.');
    const building = isBuilt() ? Promise.resolve() : step('The web server is built', () => build(folder.path('logs', 'build.log')));
    building.catch(() => {});
    const postgres = options.databaseUrl ? null : await step('Postgres runs', () => keepPostgres(folder, ports.postgres, options.durable, say));
    if (postgres) running.push(postgres);
    const database = postgres && openDemoDatabase(postgres.url);
    const present = database ? await prepareDatabase(folder, database, options) : recallSeed(folder, 'database');
    const databaseUrl = options.databaseUrl ?? database?.url ?? '';
    await step('The schema is up to date', () => migrate(databaseUrl));
    const temporal = options.temporalAddress ? null : await step('Temporal runs', () => keepTemporal(folder, ports.temporal, ports.temporalUi, say));
    if (temporal) running.push(temporal);
    await unlessAborted(options.signal, building);
    const programs: ProgramOptions = {
      folder,
      databaseUrl,
      temporalAddress: options.temporalAddress ?? temporal?.url ?? '',
      temporalUiUrl: temporal?.uiUrl ?? null,
      webPort: await takePort('the web server', ports.web, say),
      vendorPort: await takePort('the vendor server', ports.vendors, say),
      say,
    };
    running.push(await step('The web server, the worker and the simulated vendors run', () => startPrograms(programs)));
    const wanted = options.seed && !present;
    const seeded = wanted ? await makeWorkspace({ folder, database, options, programs, running, step }) : present;
    const addresses: StackAddresses = {
      baseUrl: baseUrlOf(programs.webPort),
      signIn: seeded?.signIn ?? null,
      apiKey: seeded?.apiKey ?? null,
      workspaceId: seeded?.workspaceId ?? null,
      temporalAddress: programs.temporalAddress,
      temporalUiUrl: programs.temporalUiUrl,
      vendorServerUrl: baseUrlOf(programs.vendorPort),
      databaseUrl,
      pids: folder.processes.pids(),
    };
    writeFileSync(folder.path('demo.json'), `${JSON.stringify(addresses, null, 2)}\n`, { mode: 0o600 });
    return { addresses, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
