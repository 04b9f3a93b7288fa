/**
 * `npm run e2e`: starts a whole stack in a folder of its own, from the build, runs the end-to-end tests in Chromium against it, and stops
 * it. Arguments go to Playwright.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '#bin/demo/start-stack.ts';
import { findFreePort } from '#bin/free-port.ts';
import { findChromium } from '#bin/test/find-chromium.ts';
import { runCommand } from '#bin/test/run-part.ts';

const folder = mkdtempSync(join(tmpdir(), 'parcours-e2e-'));
// PostgreSQL runs as another user when this is root, and keeps its data in here.
chmodSync(folder, 0o711);
let code = 1;
try {
  const chromium = findChromium();
  const from = await findFreePort(20_000 + (process.pid % 10_000));
  // A live workspace with keys of its own reaches the vendors that speak their API here.
  process.env['RESEND_BASE_URL'] = `http://127.0.0.1:${from + 1}`;
  const stack = await startStack({
    folder,
    ports: { web: from, vendors: from + 1, temporal: from + 2, temporalUi: from + 3, postgres: from + 4 },
    people: 100,
    fresh: false,
    seed: false,
    durable: false,
    say: (line) => console.log(`  ${line}`),
  });
  try {
    const { addresses } = stack;
    const environment = { CHROMIUM_PATH: chromium, E2E_BASE_URL: addresses.baseUrl, E2E_VENDOR_SERVER_URL: addresses.vendorServerUrl, E2E_DATABASE_URL: addresses.databaseUrl };
    code = await runCommand(['node_modules/.bin/playwright', 'test', '--config', 'tests/e2e/playwright.config.ts', ...process.argv.slice(2)], environment);
  } finally {
    await stack.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
if (code === 0) rmSync(folder, { recursive: true, force: true });
else console.error(`The logs of this run are in ${join(folder, 'logs')}.`);
process.exit(code);
