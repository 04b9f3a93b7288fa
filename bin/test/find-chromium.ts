/** Finds the Chromium of the end-to-end tests, or installs one; it never answers that there is none without saying what was tried. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const runs = (program: string): boolean => spawnSync(program, ['--version'], { timeout: 20_000 }).status === 0;
const runLoudly = (program: string, args: string[]): boolean =>
  spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

/** The path of a browser that runs: CHROMIUM_PATH, the system's, one installed as root by apt-get, else Playwright's own. */
export function findChromium(): string {
  const given = process.env['CHROMIUM_PATH'];
  if (given) {
    if (runs(given)) return given;
    throw new Error(`CHROMIUM_PATH is not a browser that runs; example: /usr/bin/chromium.`);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = names.find(runs);
  if (found) return spawnSync('which', [found], { encoding: 'utf8' }).stdout.trim() || found;
  const tried = [`${names.join(', ')} on the PATH`];
  const own = chromium.executablePath();
  if (existsSync(own) && runs(own)) return own;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('Installing Chromium with apt-get.');
    tried.push('apt-get install chromium');
    if (runLoudly('apt-get', ['update', '-qq']) && runLoudly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']) && runs('chromium')) return '/usr/bin/chromium';
  }
  console.log("Installing Playwright's Chromium.");
  tried.push('playwright install chromium');
  if (runLoudly('npx', ['playwright', 'install', 'chromium']) && existsSync(own) && runs(own)) return own;
  throw new Error(`The end-to-end tests need Chromium and none could be had; tried: ${tried.join(', ')}.`);
}
