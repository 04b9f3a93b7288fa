/** `npm run build`: builds the web server and puts its static files where the standalone server looks for them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';

const { status } = spawnSync('node_modules/.bin/next', ['build'], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } });
if (status !== 0) {
  console.error('The build failed: the lines above say why.');
  process.exit(1);
}
cpSync('.next/static', '.next/standalone/.next/static', { recursive: true });
if (existsSync('public')) cpSync('public', '.next/standalone/public', { recursive: true });
