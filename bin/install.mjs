/**
 * Installs the packages when they are missing or differ from the lock file. It needs no package itself, so that a command works in a
 * fresh clone.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const readLock = (path) => {
  try {
    return JSON.parse(readFileSync(root + path, 'utf8')).packages;
  } catch {
    return null;
  }
};

/** Whether node_modules holds what the lock file names; optional packages are those of other machines. */
function isInstalled() {
  const wanted = readLock('package-lock.json');
  const there = readLock('node_modules/.package-lock.json');
  if (!wanted) throw new Error('There is no package-lock.json: this is not a whole checkout.');
  return there !== null && Object.entries(wanted).every(([path, { version, optional, devOptional }]) => path === '' || optional || devOptional || there[path]?.version === version);
}

/** Stops with one sentence on a Node that is too old, then installs if needed. `say` hears a line when that takes time. */
export function installPackages(say) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9)) {
    console.error(`Parcours needs Node 20.9 or later; this is ${process.versions.node}.`);
    process.exit(1);
  }
  if (isInstalled()) return;
  say('Installing the packages with npm.');
  // Not `npm ci`: it refuses a lock file that lacks the optional packages of other systems, which a mirror may not carry. With --no-save
  // npm takes the locked versions all the same and leaves the lock file as it is.
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  console.error('npm did not install the packages: its own lines above say why.');
  process.exit(1);
}
