/** End-to-end tests in Chromium against a running stack: `bin/e2e.ts` starts one and tells its addresses through the environment. */
import { defineConfig } from '@playwright/test';

const executablePath = process.env['CHROMIUM_PATH'];

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../../test-results',
  // A test waits more than it works, and each file has a brand of its own; two at once are what two cores carry beside the servers: three took as long.
  workers: 2,
  timeout: 60_000,
  // A busy machine may take its time; what is wrong stays wrong for longer than this.
  expect: { timeout: 15_000 },
  // One more try in CI, listed as flaky in the output, so that a slow moment of the machine does not hide what a change did.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  // The whole run counts the tests from a report in JSON, whose place is in this variable.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000',
    contextOptions: { reducedMotion: 'reduce' },
    trace: process.env['CI'] ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
