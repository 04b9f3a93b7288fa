/** What tests of the engine begin with: a database of their own, the migrator's connection to it, and an engine whose alarm clock arms nothing. */
import postgres from 'postgres';
import { afterAll, beforeAll } from 'vitest';
import { startVendorServer } from '#providers/vendor-server/start-vendor-server.ts';
import { buildEngine } from '#tests/harness/builders.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

export type TestEngine = { database: TestDatabase; sql: postgres.Sql; engine: ReturnType<typeof buildEngine> };

/** Opens them before the tests of a file, hands them over by `take`, and closes them after. */
export function withTestEngine(take: (made: TestEngine) => unknown): void {
  let made: TestEngine | undefined;
  beforeAll(async () => {
    const database = await createTestDatabase();
    made = { database, sql: postgres(database.url, { max: 4, onnotice: () => {} }), engine: buildEngine(database.url) };
    await take(made);
  });
  afterAll(async () => {
    await made?.engine.database.end();
    await made?.sql.end();
    await made?.database.drop();
  });
}

export type TestVendors = TestEngine & { vendors: Awaited<ReturnType<typeof startVendorServer>> };

/** The same with the vendors' simulated server on the same database. */
export function withTestVendors(take: (made: TestVendors) => unknown): void {
  let made: TestEngine | undefined;
  let vendors: TestVendors['vendors'] | undefined;
  withTestEngine((engine) => { made = engine; });
  beforeAll(async () => {
    if (!made) throw new Error('there is no database to tell the vendors of');
    vendors = await startVendorServer({ port: 0, databaseUrl: made.database.url });
    await take({ ...made, vendors });
  });
  afterAll(() => vendors?.stop());
}
