/**
 * The demo's database in the embedded Postgres, and its snapshot: a second database, copied when the demo workspace was made, so that
 * starting over is one copy on the server instead of minutes of simulated history.
 */
import postgres from 'postgres';

const NAME = 'parcours';

export type DemoDatabase = { url: string; exists: () => Promise<boolean>; create: () => Promise<void>; keepSnapshot: (key: string) => Promise<void>; restoreSnapshot: (key: string) => Promise<boolean> };

/** `key` says what a snapshot was made from; only one snapshot is kept, and one with another key is not restored. */
export function openDemoDatabase(serverUrl: string): DemoDatabase {
  const onServer = async <T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  };
  const has = async (sql: postgres.Sql, name: string): Promise<boolean> => (await sql`select 1 from pg_database where datname = ${name}`).length > 0;
  const copy = async (sql: postgres.Sql, from: string, to: string): Promise<void> => {
    await sql`drop database if exists ${sql(to)} with (force)`;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${from}`;
    await sql`create database ${sql(to)} template ${sql(from)} strategy file_copy`;
  };
  const url = new URL(serverUrl);
  url.pathname = `/${NAME}`;
  const snapshotName = (key: string): string => `${NAME}_snapshot_${key.slice(0, 16)}`;
  return {
    url: url.href,
    exists: () => onServer((sql) => has(sql, NAME)),
    create: () =>
      onServer(async (sql) => {
        await sql`drop database if exists ${sql(NAME)} with (force)`;
        await sql`create database ${sql(NAME)}`;
      }),
    keepSnapshot: (key) =>
      onServer(async (sql) => {
        const older = await sql<{ datname: string }[]>`select datname from pg_database where datname like ${`${NAME}_snapshot_%`}`;
        for (const { datname } of older) await sql`drop database ${sql(datname)} with (force)`;
        // The copy is renamed when it is whole: a snapshot that a crash cut short must not be found.
        await copy(sql, NAME, `${NAME}_half`);
        await sql`alter database ${sql(`${NAME}_half`)} rename to ${sql(snapshotName(key))}`;
      }),
    restoreSnapshot: (key) =>
      onServer(async (sql) => {
        if (!(await has(sql, snapshotName(key)))) return false;
        await copy(sql, snapshotName(key), NAME);
        return true;
      }),
  };
}
