/** What tests of the engine begin with: a database of their own, the migrator's connection to it, and an engine whose alarm clock arms nothing. */
import postgres from 'postgres';
import { afterAll, beforeAll } from 'vitest';
import { buildEngine } from '#tests/harness/builders.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

export type TestEngine = { database: TestDatabase; sql: postgres.Sql; engine: ReturnType<typeof buildEngine> };

/** Opens them before the tests of a file, hands them over by `take`, and closes them after. */
export function withTestEngine(take: (made: TestEngine) => void): void {
  let made: TestEngine | undefined;
  beforeAll(async () => {
    const database = await createTestDatabase();
    made = { database, sql: postgres(database.url, { max: 4, onnotice: () => {} }), engine: buildEngine(database.url) };
    take(made);
  });
  afterAll(async () => {
    await made?.engine.database.end();
    await made?.sql.end();
    await made?.database.drop();
  });
}
