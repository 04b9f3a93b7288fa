import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '#db/connection.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

let made: TestDatabase;
let database: Database;
let owner: postgres.Sql;

beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase(made.url, { maximumConnections: 2 });
  owner = postgres(made.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await database.end({ timeout: 5 });
  await owner.end();
  await made.drop();
});

it('outlives a server process that dies within a transaction, and connects again', async () => {
  for (let round = 0; round < 6; round += 1) {
    const cut = database.begin(async (transaction) => {
      const [mine] = await transaction<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await owner`select pg_terminate_backend(${mine?.pid ?? 0})`;
      const late = await Promise.allSettled([transaction`select 1 as n, ${round}::int`, transaction`select 2 as n`]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      const later = await Promise.allSettled([transaction`select 3 as n, ${round}::int`]);
      expect([...late, ...later].map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    });
    await expect(cut).rejects.toThrow();
  }
  // A statement may still be handed to a connection that is about to close, and fail with it; the next one gets a living connection.
  await expect.poll(async () => [...(await database`select 4 as n`)], { timeout: 10_000 }).toEqual([{ n: 4 }]);
  await expect.poll(() => Promise.all([database`select pg_sleep(0.01)`, database`select 1`]), { timeout: 10_000 }).toHaveLength(2);
});

it('ends a COPY whose last bytes the server refuses with the reason, and goes on with the same connection', async () => {
  const refused = database.begin(async (transaction) => {
    await transaction`create temporary table taken (value jsonb) on commit drop`;
    await pipeline(Readable.from(['{"text": "\\\\u0000"}\n']), await transaction`copy taken from stdin`.writable());
  });
  await expect(refused).rejects.toThrow(/unsupported Unicode escape sequence/);
  expect([...(await database`select 1 as n`)]).toEqual([{ n: 1 }]);
});
