import postgres from 'postgres';
import { afterAll, expect, inject, it } from 'vitest';
import { openDemoDatabase } from '#bin/demo/demo-database.ts';

const database = openDemoDatabase(inject('postgresUrl'));
const run = async (statement: string): Promise<postgres.RowList<postgres.Row[]>> => {
  const sql = postgres(database.url, { max: 1 });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
};

afterAll(() => database.create());

it('starts over from its snapshot, and only from the one that was made of the same', async () => {
  await database.create();
  await run('create table kept (n int); insert into kept values (1)');
  await database.keepSnapshot('a'.repeat(16));
  await run('insert into kept values (2)');
  expect(await database.restoreSnapshot('b'.repeat(16))).toBe(false);
  expect(await database.restoreSnapshot('a'.repeat(16))).toBe(true);
  expect([...(await run('select n from kept'))]).toEqual([{ n: 1 }]);
});
