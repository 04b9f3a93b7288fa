/** What differential tests begin with: sandboxes on a database of their own, with a worker on the run's Temporal server. */
import { afterAll, beforeAll, inject } from 'vitest';
import { openSandboxes, type Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

/** Opens them before the tests of a file, hands them over by `take`, and closes them after. */
export function withSandboxes(take: (sandboxes: Sandboxes) => void): void {
  let made: TestDatabase | undefined;
  let sandboxes: Sandboxes | undefined;
  beforeAll(async () => {
    made = await createTestDatabase();
    sandboxes = await openSandboxes({ databaseUrl: made.url, temporalAddress: inject('temporalAddress'), taskQueue: `test-${made.name}` });
    take(sandboxes);
  });
  afterAll(async () => {
    await sandboxes?.close();
    await made?.drop();
  });
}
