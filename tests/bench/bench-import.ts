/**
 * Imports, from the bytes of the file to committed rows, against a plain COPY of the same rows in the same run on the same server: so many customers, and five purchases for each.
 * Of the memory, what was held before, the most while the first tenth of a file came in, and the most while all of it did: with bounded memory the last two are alike.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inWorkspace } from '#db/connection.ts';
import type { ImportKind } from '#domain/imports/import-kinds.ts';
import { startImport } from '#engine/commands/imports.ts';
import { LANDED_AT_A_TIME } from '#engine/imports/land-rows.ts';
import { runImport } from '#engine/imports/run-import.ts';
import { stageFile } from '#engine/imports/stage-file.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { makeBenchWorkspace, round, type BenchStack } from '#tests/bench/bench-stack.ts';

/** Ten times as many is a million customers and five million purchases. */
const CUSTOMERS = 100_000;
const PURCHASES_EACH = 5;
const ROWS_AT_A_TIME = 1_000;
const MEBIBYTE = 2 ** 20;

const HEADINGS = { customers: 'external id,email,phone,first name,last name,city,email consent,consent date', purchases: 'order id,date,external id,sku,qty,line amount' } as const;
const CUSTOMER = (index: number): string => `C${index},person.${index}@example.org,+3361${String(index).padStart(7, '0').slice(-7)},Anna,Name ${index},Lyon,yes,2024-03-02`;
const PURCHASE = (index: number): string => `O${index},2026-0${1 + (index % 5)}-1${index % 10} 10:00,C${Math.floor(index / PURCHASES_EACH)},BOD-${index % 50},1,${10 + (index % 90)}.90`;

async function* fileOf(headings: string, row: (index: number) => string, rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${headings}\n`);
  for (let from = 0; from < rows; from += ROWS_AT_A_TIME) yield Buffer.from(Array.from({ length: Math.min(ROWS_AT_A_TIME, rows - from) }, (_, more) => `${row(from + more)}\n`).join(''));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

/** The most resident memory of this process between two looks. */
function watchMemory(): { peak: () => number; stop: () => void } {
  let most = 0;
  const look = (): void => void (most = Math.max(most, process.memoryUsage.rss()));
  const timer = setInterval(look, 100);
  return {
    peak: () => {
      look();
      const peak = most;
      most = 0;
      return round(peak / MEBIBYTE);
    },
    stop: () => clearInterval(timer),
  };
}

type Place = BenchStack & { workspaceId: string };

/** Rows per second of taking the file in, and of bringing it in. */
async function bring({ engine, workspaceId }: Place, kind: Extract<ImportKind, 'customers' | 'purchases'>, row: (index: number) => string, rows: number) {
  const who = { workspaceId, actor: 'bench' };
  let importId = '';
  const stagedSeconds = await timed(async () => {
    const staged = await stageFile(engine, who, { kind, fileName: `${kind}.csv` }, fileOf(HEADINGS[kind], row, rows));
    if (!staged.ok) throw new Error(JSON.stringify(staged.problems));
    importId = staged.value;
    await runInWorkspace(engine, who, ({ command }) => startImport(command, importId));
  });
  const memory = watchMemory();
  let parts = 0;
  let firstTenthMb = 0;
  const landedSeconds = await timed(async () => {
    while (await runImport(engine, { workspaceId, importId }, () => {
      parts += 1;
      if (parts === Math.ceil(rows / LANDED_AT_A_TIME / 10)) firstTenthMb = memory.peak();
    }));
  });
  const laterMb = memory.peak();
  memory.stop();
  const [done] = await inWorkspace(engine.database, workspaceId, (transaction) => transaction<{ counts: Record<string, number> }[]>`select counts from imports where id = ${importId}`);
  return { rows, counts: done?.counts ?? {}, stagedPerSecond: round(rows / stagedSeconds), broughtInPerSecond: round(rows / landedSeconds), memoryMb: { firstTenth: firstTenthMb, later: laterMb } };
}

/** The same rows by COPY into a table of texts, which does nothing else. */
async function copyPlainly({ engine, workspaceId }: Place, row: (index: number) => string, columns: number, rows: number): Promise<number> {
  const seconds = await timed(() => inWorkspace(engine.database, workspaceId, async (transaction) => {
    await transaction`set local statement_timeout = 0`;
    await transaction.unsafe(`create temporary table plain (${Array.from({ length: columns }, (_, index) => `c${index} text`).join(', ')}) on commit drop`);
    async function* lines(): AsyncGenerator<string> {
      for (let index = 0; index < rows; index += 1) yield `${row(index).replaceAll(',', '\t')}\n`;
    }
    await pipeline(Readable.from(lines()), await transaction`copy plain from stdin`.writable());
  }));
  return round(rows / seconds);
}

export async function benchImport(stack: BenchStack, scale: number): Promise<unknown> {
  const memoryBeforeMb = round(process.memoryUsage.rss() / MEBIBYTE);
  const place = { ...stack, workspaceId: await makeBenchWorkspace(stack, 'imports', Date.UTC(2026, 5, 16, 8)) };
  const customers = await bring(place, 'customers', CUSTOMER, CUSTOMERS * scale);
  const purchases = await bring(place, 'purchases', PURCHASE, CUSTOMERS * PURCHASES_EACH * scale);
  const plainCopyPerSecond = await copyPlainly(place, CUSTOMER, HEADINGS.customers.split(',').length, CUSTOMERS * scale);
  return {
    customers, purchases, plainCopyPerSecond, shareOfCopy: { customers: round(customers.broughtInPerSecond / plainCopyPerSecond, 3), purchases: round(purchases.broughtInPerSecond / plainCopyPerSecond, 3) },
    memoryBeforeMb, peakMemoryMb: round((process.resourceUsage().maxRSS * 1_024) / MEBIBYTE),
  };
}
