/** `npm run build`: builds the web server and puts its static files where the standalone server looks for them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { BUILD_NOTE, hashSources, WEB_SOURCES } from '#bin/demo/source-hash.ts';

const sources = hashSources(WEB_SOURCES);
rmSync(BUILD_NOTE, { force: true });
const { status } = spawnSync('node_modules/.bin/next', ['build'], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } });
if (status !== 0) {
  console.error('The build failed: the lines above say why.');
  process.exit(1);
}
cpSync('.next/static', '.next/standalone/.next/static', { recursive: true });
if (existsSync('public')) cpSync('public', '.next/standalone/public', { recursive: true });
writeFileSync(BUILD_NOTE, sources);
