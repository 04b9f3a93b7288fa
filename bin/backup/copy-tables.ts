/**
 * A backup without pg_dump: every table by COPY, in one snapshot of a running server. The schema is not written: it comes from the same migrations again, so that
 * a copy fits any PostgreSQL that the migrations fit. Foreign keys are taken off while rows come in, and checked when they are put on again.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Sql, TransactionSql } from 'postgres';
import type { BackedUpTable, Manifest } from './manifest.ts';

/** What each process writes anew about itself, and what the migrations keep. */
const LEFT_OUT = ['schema_migrations', 'worker_heartbeats'];
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const FAST_LEVEL = 1;

/** The tables that hold rows, with their columns and how many rows; of partitioned ones, the partitions. */
export async function listTables(transaction: TransactionSql): Promise<BackedUpTable[]> {
  const found = await transaction<{ name: string; parent: string | null; bound: string | null; columns: string[] }[]>`
    select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound,
           array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
      from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> all(${LEFT_OUT}) order by c.relname`;
  const rowsOf = await countRows(transaction, found.map(({ name }) => name));
  return found.map((table) => ({ ...table, rows: rowsOf.get(table.name) ?? 0, file: null }));
}

/** How many rows each table has. */
export async function countRows(sql: Sql | TransactionSql, names: string[]): Promise<Map<string, number>> {
  const counted = await sql.unsafe<{ name: string; rows: string }[]>(names.map((name) => `select '${name.replaceAll("'", "''")}' as name, count(*)::text as rows from public.${quoted(name)}`).join(' union all '));
  return new Map(counted.map(({ name, rows }) => [name, Number(rows)]));
}

export async function listSequences(transaction: TransactionSql): Promise<Manifest['sequences']> {
  const found = await transaction<{ name: string; last: string | null }[]>`select sequencename::text as name, last_value::text as last from pg_sequences where schemaname = 'public' order by 1`;
  return found.map(({ name, last }) => ({ name, last: last === null ? null : Number(last) }));
}

/** Writes each table that has rows into a file of the folder; answers the tables with their files. */
export async function copyOut(transaction: TransactionSql, tables: BackedUpTable[], folder: string): Promise<BackedUpTable[]> {
  const written: BackedUpTable[] = [];
  for (const table of tables) {
    if (table.rows === 0) {
      written.push(table);
      continue;
    }
    const file = `${table.name}.copy.gz`;
    const rows = await transaction.unsafe(`copy public.${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) to stdout`).readable();
    await pipeline(rows, createGzip({ level: FAST_LEVEL }), createWriteStream(join(folder, file), { mode: 0o600 }));
    // postgres.js pauses its socket while a stream is full, and an end that came in the same bytes leaves it so: the next statement would wait for ever.
    rows._read(0);
    written.push({ ...table, file });
  }
  return written;
}

type ForeignKey = { owner: string; name: string; definition: string };

async function takeForeignKeysOff(sql: Sql): Promise<ForeignKey[]> {
  const keys = await sql<ForeignKey[]>`
    select k.conrelid::regclass::text as owner, k.conname::text as name, pg_get_constraintdef(k.oid) as definition from pg_constraint k
     where k.contype = 'f' and k.conparentid = 0 and k.connamespace = 'public'::regnamespace`;
  await sql.unsafe(keys.map(({ owner, name }) => `alter table ${owner} drop constraint ${quoted(name)}`).join(';'));
  return [...keys];
}

/** Fills a database that has the schema of the backup. Whatever the migrations wrote into it goes first. */
export async function copyIn(sql: Sql, manifest: Manifest, folder: string): Promise<void> {
  await sql`set statement_timeout = 0`;
  const keys = await takeForeignKeysOff(sql);
  const partitions = manifest.tables.flatMap(({ name, parent, bound }) => (parent === null || bound === null ? [] : [`create table if not exists public.${quoted(name)} partition of public.${quoted(parent)} ${bound}`]));
  await sql.unsafe([...partitions, ...manifest.tables.map(({ name }) => `delete from public.${quoted(name)}`)].join(';'));
  for (const { name, columns, file } of manifest.tables) {
    if (file === null) continue;
    const into = await sql.unsafe(`copy public.${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`).writable();
    await pipeline(createReadStream(join(folder, file)), createGunzip(), into);
  }
  await sql.unsafe(keys.map(({ owner, name, definition }) => `alter table ${owner} add constraint ${quoted(name)} ${definition}`).join(';'));
  for (const { name, last } of manifest.sequences) if (last !== null) await sql`select setval(${`public.${quoted(name)}`}::regclass, ${last})`;
}
