/**
 * The embedded PostgreSQL: a real server for the demo and the tests, driven by pg_ctl, so that it outlives a killed parent and starting
 * it twice is the same as starting it once. Its data lies in one folder; it listens on 127.0.0.1 only and asks for a password.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { everyoneMayEnter, findServerBinaries, findServerUser, type ServerUser } from '#db/server-binaries.ts';

/** `url` is the owner's (it may make databases and passes row-level security), with the database `postgres`. */
export type PostgresServer = { url: string; port: number; pid: number; stop: () => Promise<void> };
/** `durable: false` is for tests: commits are not flushed to the disk. */
export type PostgresOptions = { dataFolder: string; port: number; durable?: boolean };

const OWNER = 'parcours';
const PASSWORD_FILE = 'parcours.password';
const START_ATTEMPTS = 20;

type Programs = { folder: string; user: ServerUser };

const programs = (): Programs => {
  const user = findServerUser();
  return { folder: findServerBinaries(user), user };
};

/** Runs one of PostgreSQL's programs as its user, without the PG… variables of the caller. Answers its exit code and its output. */
async function runProgram({ folder, user }: Programs, name: string, args: string[]): Promise<{ code: number; output: string }> {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  for (const key of Object.keys(env)) if (key.startsWith('PG')) delete env[key];
  const child = spawn(join(folder, name), args, { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'], ...(user && { uid: user.uid, gid: user.gid }) });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => done({ code: code ?? 1, output: output.trim() }));
  });
}

/** Where the data really lies: under a folder that PostgreSQL's user cannot enter, a link leads to `/var/lib/parcours`. */
function findDataFolder(wanted: string, user: ServerUser): string {
  const folder = resolve(wanted);
  mkdirSync(dirname(folder), { recursive: true });
  if (!user || everyoneMayEnter(dirname(folder))) return folder;
  const elsewhere = join('/var/lib/parcours', createHash('sha256').update(folder).digest('hex').slice(0, 16));
  mkdirSync(dirname(elsewhere), { recursive: true });
  const link = lstatSync(folder, { throwIfNoEntry: false });
  if (!link) symlinkSync(elsewhere, folder);
  else if (!link.isSymbolicLink() || readlinkSync(folder) !== elsewhere) {
    throw new Error(`PostgreSQL's user ${user.name} cannot enter ${dirname(folder)}: move ${folder} to ${elsewhere} or run as another user.`);
  }
  return elsewhere;
}

async function createCluster(programs: Programs, folder: string): Promise<void> {
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  const passwordFile = `${half}.password`;
  writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  if (programs.user) for (const path of [half, passwordFile]) chownSync(path, programs.user.uid, programs.user.gid);
  const { code, output } = await runProgram(programs, 'initdb', [
    '--pgdata', half, '--username', OWNER, '--auth', 'scram-sha-256', '--pwfile', passwordFile,
    '--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-instructions',
  ]);
  if (code !== 0) throw new Error(`PostgreSQL could not make its data folder ${folder}: ${output.split('\n').at(-1)}`);
  renameSync(passwordFile, join(half, PASSWORD_FILE));
  renameSync(half, folder);
}

/** The running server of this folder, by its own pid file; a file that a crash left, or whose pid is another program's by now, is removed. */
export function findRunning(folder: string): { pid: number; port: number } | null {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const commandLine = `/proc/${pid}/cmdline`;
  if (pid > 0 && existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes('postgres')) return { pid, port: Number(lines[3]) };
  rmSync(file, { force: true });
  return null;
}

function settings(port: number, durable: boolean): string {
  const values: Record<string, string | number> = {
    port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200, shared_buffers: '256MB', timezone: 'UTC',
    log_timezone: 'UTC', log_min_messages: 'warning', max_wal_size: '2GB', wal_level: 'minimal', max_wal_senders: 0,
    autovacuum_naptime: '15s', jit: 'off', max_locks_per_transaction: 256, random_page_cost: 1.1,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).map(([name, value]) => `-c ${name}='${value}'`).join(' ');
}

/**
 * Starts the server of a data folder, which is made when it is missing, and answers when it takes connections. A server that already
 * runs there is used as it is, on its own port. `stop` ends it in order: open transactions are rolled back.
 */
export async function startPostgres({ dataFolder, port, durable = true }: PostgresOptions): Promise<PostgresServer> {
  const tools = programs();
  const folder = findDataFolder(dataFolder, tools.user);
  if (!existsSync(join(folder, 'PG_VERSION'))) await createCluster(tools, folder);
  const log = join(folder, 'server.log');
  for (let attempt = 1; !findRunning(folder); attempt += 1) {
    const { code, output } = await runProgram(tools, 'pg_ctl', ['start', '-w', '-t', '60', '-D', folder, '-l', log, '-o', settings(port, durable)]);
    if (code === 0) break;
    const reason = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ') : output;
    // The children of a killed server hold its shared memory for a moment.
    if (attempt >= START_ATTEMPTS || !reason.includes('shared memory')) throw new Error(`PostgreSQL did not start on port ${port}: ${reason}`);
    await pause(250);
  }
  const running = findRunning(folder);
  if (!running) throw new Error(`PostgreSQL started in ${folder} and stopped again: its log is ${log}.`);
  const password = readFileSync(join(folder, PASSWORD_FILE), 'utf8');
  return {
    url: `postgres://${OWNER}:${password}@127.0.0.1:${running.port}/postgres`,
    port: running.port,
    pid: running.pid,
    stop: () => stopPostgres(dataFolder),
  };
}

/** Stops the server of a data folder; without one running, nothing happens. */
export async function stopPostgres(dataFolder: string): Promise<void> {
  const tools = programs();
  const folder = findDataFolder(dataFolder, tools.user);
  if (!existsSync(folder) || !findRunning(folder)) return;
  const { code, output } = await runProgram(tools, 'pg_ctl', ['stop', '-w', '-t', '60', '-m', 'fast', '-D', folder]);
  if (code !== 0 && findRunning(folder)) throw new Error(`PostgreSQL in ${folder} did not stop: ${output}`);
}
