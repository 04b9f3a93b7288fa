/** A small demo brand through the real engine: history through ingest, five days on the test clock with a worker, Temporal, the simulated vendors and their webhooks. */
import pino from 'pino';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { foundBrand } from '#bin/demo/brand/found-brand.ts';
import { forgetUnfinished, makeDemo, type MadeDemo } from '#bin/demo/brand/make-demo.ts';
import { makeDemoBrand } from '#db/demo/demo-brand.ts';
import { PINNED } from '#db/demo/pinned-people.ts';
import { MINUTE_MS } from '#domain/shared/time.ts';
import { readClock } from '#engine/workspace-clock.ts';
import { startVendorServer } from '#providers/vendor-server/start-vendor-server.ts';
import { openEngine, type OpenEngine } from '#temporal/open-engine.ts';
import { startWorker } from '#temporal/worker.ts';
import { startCustomerSite } from '#tests/harness/customer-site.ts';
import { createTestDatabase } from '#tests/harness/test-database.ts';

/** A Sunday evening, after the day's messages. */
const NOW = Date.UTC(2026, 10, 22, 20);
const closing: (() => Promise<unknown>)[] = [];
let engine: OpenEngine;
let owner: postgres.Sql;
let vendorServerUrl: string;
let demo: MadeDemo;

beforeAll(async () => {
  const made = await createTestDatabase();
  const site = await startCustomerSite();
  const vendors = await startVendorServer({ port: 0, databaseUrl: made.url });
  vendorServerUrl = vendors.url;
  const options = { databaseUrl: made.url, temporalAddress: inject('temporalAddress'), temporalNamespace: 'default', publicUrl: site.url, secret: 'a secret of thirty-two characters', taskQueue: `test-${made.name}` };
  engine = openEngine(options);
  site.serve(engine);
  owner = postgres(made.url, { max: 1, onnotice: () => {} });
  const worker = startWorker({ ...options, log: pino({ level: 'silent' }), vendorServerUrl });
  closing.push(() => worker.stop(), () => vendors.stop(), () => site.stop(), () => engine.close(), () => owner.end(), () => made.drop());
  demo = await makeDemo({ engine, slug: 'demo', vendorServerUrl, people: 40, liveDays: 5, now: NOW, clock: () => NOW + MINUTE_MS, say: () => {} });
}, 120_000);
afterAll(async () => {
  for (const close of closing) await close();
});

const messagesOf = (externalId: string) => owner<{ template: string; status: string; code: string | null }[]>`
  select t.key as template, m.status, m.reason ->> 'code' as code from messages m join templates t on t.id = m.template_id
  join customer_identifiers i on i.customer_id = m.customer_id where i.kind = 'externalId' and i.value = ${externalId} order by m.due_at`;
const journeysOf = (externalId: string) => owner<{ key: string; ending: string | null }[]>`
  select j.key, e.ending from enrollments e join journeys j on j.id = e.journey_id
  join customer_identifiers i on i.customer_id = e.customer_id where i.kind = 'externalId' and i.value = ${externalId} order by j.key, e.entered_at`;

describe('the demo brand on the real engine', () => {
  it('lives its days without a moment that does not settle, and flows on from the present (§12.7)', async () => {
    expect(demo.jumps.stuckOn).toBe(0);
    const clock = await readClock(engine.database, demo.workspaceId);
    expect(clock.standsAt).toBeNull();
    expect(clock.now).toBeGreaterThanOrEqual(NOW + MINUTE_MS);
    const [workspace] = await owner`select slug, (select count(*)::int from journeys where status = 'live') as live from workspaces`;
    expect(workspace).toEqual({ slug: 'demo', live: 3 });
  });

  it('enters nobody by history, which earns all the same (§1.11)', async () => {
    const [row] = await owner`
      select (select count(*)::int from events where historical and type = 'purchase') as purchases, (select count(*)::int from events where outcome = 'quarantined') as quarantined,
        (select count(*)::int from enrollments e where e.entered_at < ${new Date(NOW - 5.5 * 86_400_000)}) as early,
        (select sum(amount)::int from postings) as ledger, (select count(*)::int from postings p join events e on e.id = p.event_id where e.historical) as earned`;
    expect(row).toMatchObject({ quarantined: 0, early: 0, ledger: 0 });
    expect(row?.['purchases']).toBeGreaterThan(50);
    expect(row?.['earned']).toBeGreaterThan(100);
  });

  it('has its pinned people where the README says', async () => {
    expect(await messagesOf(PINNED.bounced)).toEqual([{ template: 'thank-you', status: 'bounced', code: 'vendor.bounced' }]);
    expect(await messagesOf(PINNED.capped)).toEqual(Array(2).fill({ template: 'thank-you', status: 'delivered', code: null }));
    expect(await messagesOf(PINNED.threeJourneys)).toEqual([{ template: 'welcome', status: 'delivered', code: null }]);
    expect(await journeysOf(PINNED.threeJourneys)).toEqual(['thank-you', 'welcome', 'win-back'].map((key) => ({ key, ending: null })));
    const [points] = await owner`select amount::int from balances b join customer_identifiers i on i.customer_id = b.customer_id where i.value = ${PINNED.fifteenEuros} and b.account = 'customer:available'`;
    expect(points).toEqual({ amount: 285 });
  });

  it('forgets what a killed start left, so that the next one can use its name', async () => {
    const brand = makeDemoBrand({ now: NOW, people: 10, liveDays: 5 });
    const left = await foundBrand(engine, brand, { slug: 'demo-unfinished', vendorServerUrl });
    await forgetUnfinished(engine, 'demo');
    await forgetUnfinished(engine, 'demo');
    const [row] = await owner`select slug like 'demo-%' as renamed, stands_at is not null as stands from workspaces w join clocks c on c.workspace_id = w.id where w.id = ${left}`;
    expect(row).toEqual({ renamed: true, stands: true });
    const [found] = await owner`select resolve_workspace('demo-unfinished') as id`;
    expect(found?.['id']).toBeNull();
  });
});
