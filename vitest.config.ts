/** Three projects, chosen by path: what is pure, what needs Postgres, and what needs Postgres and Temporal. Tests lie beside the code. */
import { defineConfig } from 'vitest/config';

const tests = (...folders: string[]): string[] => folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`);
/** Files of one worker share the modules: importing them anew took as long as the tests. Those with a real Temporal have worker threads of their own. */
const isolate = false;
const postgres = './tests/harness/postgres.ts';
const temporal = './tests/harness/temporal.ts';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', isolate, include: [...tests('domain', 'components', 'tests/drills', 'tests/deploy'), 'tests/*.test.ts', '*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'integration', isolate, include: tests('engine', 'db', 'providers', 'app', 'bin'), globalSetup: [postgres], testTimeout: 30_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'temporal',
          include: tests('workflows', 'activities', 'temporal', 'tests/replay', 'tests/integration'),
          globalSetup: [postgres, temporal],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
