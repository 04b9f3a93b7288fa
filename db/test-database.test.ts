import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '#db/connection.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { maximumConnections: 1 });
});
afterAll(async () => {
  await database.end();
  await test.drop();
});

it('is migrated, and the application works in it in a role that owns nothing', async () => {
  const [row] = await database`
    select current_user as role, (select count(*)::int from pg_class where relowner = 'parcours_app'::regrole) as owned`;
  expect(row).toEqual({ role: 'parcours_app', owned: 0 });
});

it('is a copy that no other test file sees', async () => {
  const other = await createTestDatabase();
  expect(other.name).not.toBe(test.name);
  const sql = postgres(other.url, { max: 1 });
  expect((await sql`select name from schema_migrations`).length).toBeGreaterThan(0);
  await sql.end();
  await other.drop();
});
