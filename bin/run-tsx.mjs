/** Runs a TypeScript command of this folder with tsx, hands signals on, and ends as it ends. It needs no package before the install. */
import { spawn } from 'node:child_process';
import { installPackages, root } from './install.mjs';

/** Installs what is missing, then becomes `bin/<file>` with the arguments of this process. */
export function runTsx(file, say = console.log) {
  installPackages(say);
  const child = spawn(process.execPath, ['--import', 'tsx', `bin/${file}`, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  // A Ctrl-C at the terminal reaches the child by itself; both are told once, and the child decides when all is stopped.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
