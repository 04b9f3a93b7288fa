/** `npm run start`: the web server of production, from what `npm run build` made. It checks the environment first. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import pino from 'pino';
import { showMetrics } from '#bin/metrics/show-metrics.ts';
import { env } from '#env.ts';

const server = resolve('.next/standalone/server.js');

try {
  const settings = env();
  const { PORT } = settings;
  if (!existsSync(server)) throw new Error('There is no build to start; run "npm run build" first.');
  process.env['PORT'] = String(PORT);
  process.env['HOSTNAME'] ??= '0.0.0.0';
  await showMetrics('web', settings, pino({ name: 'web', level: settings.LOG_LEVEL }));
  await import(server);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
