/** Real purchases through ingest: all of CDNOW, from two sides at once; every figure of the file is found again in the database. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ONE_POINT_PER_DOLLAR, purchaseEvent, readPurchases, shareOut, type PurchaseLine } from '#bin/replay/read-purchases.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { buildEngine } from '#tests/harness/builders.ts';
import { findCdnow, generateCdnow } from '#tests/harness/cdnow.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

let database: TestDatabase;
let sql: postgres.Sql;
let engine: ReturnType<typeof buildEngine>;
let workspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  engine = buildEngine(database.url);
  workspaceId = await createWorkspace(engine.database, { slug: 'cdnow', name: 'CDNOW', brand: 'CDNOW', kind: 'sandbox', currency: 'USD', timeZone: 'America/New_York', country: 'US', language: 'en' });
  await sql`insert into programmes (id, workspace_id, key, definition, updated_at) values (gen_random_uuid(), ${workspaceId}, 'points', ${sql.json(ONE_POINT_PER_DOLLAR)}, now())`;
});
afterAll(async () => {
  await engine.database.end();
  await sql.end();
  await database.drop();
});

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

async function ingestAll(purchases: PurchaseLine[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await Promise.all(shareOut(purchases, 2).map(async (lane) => {
    for (let from = 0; from < lane.length; from += 1_000) {
      for (const { status } of await ingestEvents(engine, workspaceId, lane.slice(from, from + 1_000).map(purchaseEvent))) counts[status] = (counts[status] ?? 0) + 1;
    }
  }));
  return counts;
}

async function readTotals() {
  const [totals] = await sql`
    select (select count(*) from events where workspace_id = ${workspaceId})::int as events,
      (select count(*) from orders where workspace_id = ${workspaceId})::int as orders,
      (select count(*) from customers where workspace_id = ${workspaceId})::int as customers,
      (select sum((purchase->>'amountMinor')::bigint) from orders where workspace_id = ${workspaceId})::text as amount,
      (select sum((figures->>'spendMinor')::bigint) from customers where workspace_id = ${workspaceId})::text as spend,
      (select sum(amount) from balances where workspace_id = ${workspaceId} and account = 'customer:available')::int as points,
      (select sum(amount) from postings where workspace_id = ${workspaceId})::int as ledger`;
  return totals;
}

describe('real purchases', () => {
  it('are all taken in, none twice, with their amounts and a point for each whole dollar of each', async () => {
    const { path, isReal } = findCdnow(mkdtempSync(join(tmpdir(), 'parcours-cdnow-')));
    const purchases = await readPurchases(path);
    const expected = { events: 69_659, orders: 69_659, customers: 23_570, amountMinor: sum(purchases.map((line) => line.amountMinor)), points: sum(purchases.map((line) => Math.floor(line.amountMinor / 100))) };
    if (isReal) expect(expected.amountMinor).toBe(250_031_563);
    expect([purchases.length, purchases.filter((line) => line.amountMinor === 0).length]).toEqual([69_659, 80]);
    expect(await ingestAll(purchases)).toEqual({ accepted: 69_659 });
    const once = await readTotals();
    expect(once).toMatchObject({ events: 69_659, orders: 69_659, customers: 23_570, amount: String(expected.amountMinor), points: expected.points, ledger: 0 });
    expect(await ingestAll(purchases.slice(0, 5_000))).toEqual({ duplicate: 5_000 });
    expect(await readTotals()).toEqual(once);
  }, 120_000);

  it('have a stand-in of the same shape on a machine without the file', () => {
    const lines = generateCdnow().split('\r\n').slice(1, -1);
    expect([lines.length, new Set(lines.map((line) => line.slice(0, 6))).size, lines.filter((line) => line.endsWith(' 0.00')).length]).toEqual([69_659, 23_570, 80]);
    expect(new Set(lines).size).toBeLessThan(lines.length);
  });
});
