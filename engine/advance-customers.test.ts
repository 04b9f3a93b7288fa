import { describe, expect, it } from 'vitest';
import { buildCustomer, buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { advanceCohort } from './advance-cohort.ts';
import { advanceCustomers } from './advance-customers.ts';
import { ingestEvents } from './ingest-events.ts';
import { routeOnce } from './route-events.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

const T0 = '2026-06-15T10:00:00.000Z';
const workspace = async (): Promise<string> => (await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: T0 })).id;
const stand = (id: string, at: string) => sql`update clocks set stands_at = ${at} where workspace_id = ${id}`;
const many = { mode: 'perPeriod', maximumEntries: 1000, period: { amount: 1, unit: 'calendarYears' } };
const enter = (next: string, type = 'purchase') => ({ trigger: { kind: 'event', event: { type } }, reentry: many, next });
const mail = (id: string, next?: string) => ({ id, kind: 'sendEmail', settings: { templateKey: 'mail', category: 'promotion' }, next: { next: next ?? null } });
const wait = (id: string, amount: number, unit: string, next: string) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount, unit } }, next: { next } });
const drain = async (id: string): Promise<void> => {
  while ((await routeOnce(engine, id)) > 0);
};
const post = (id: string, ...events: { id: string; type: string; customer: Record<string, unknown>; properties?: Record<string, unknown> }[]) => ingestEvents(engine, id, events);
const messages = (id: string) => sql<{ status: string; reason: { code: string } | null; key: string }[]>`select status, reason, key from messages where workspace_id = ${id} order by id`;

describe('advance', () => {
  it('takes a customer in by an event, sleeps in a cohort, and wakes at the moment, once (§3.8)', async () => {
    const id = await workspace();
    await publishJourney(sql, id, { key: 'thanks', entry: enter('w'), nodes: [wait('w', 3, 'calendarDays', 'm'), mail('m')] });
    const customerId = await buildCustomer(sql, id, { email: 'a@lutin.fr' });
    await post(id, { id: '1', type: 'purchase', customer: { email: 'a@lutin.fr' }, properties: { orderId: '1', amountMinor: 100, currency: 'EUR' } });
    await drain(id);
    const [sleeping] = await sql`select wake_at, cohort_id, node_id from enrollments where customer_id = ${customerId}`;
    expect(sleeping).toMatchObject({ node_id: 'w', wake_at: new Date('2026-06-18T10:00:00Z') });
    await stand(id, '2026-06-18T09:59:59.999Z');
    await advanceCohort(engine, { workspaceId: id, cohortId: sleeping!['cohort_id'] });
    expect(await messages(id)).toHaveLength(0);
    await stand(id, '2026-06-18T10:00:00Z');
    await Promise.all([1, 2, 3].map(() => advanceCohort(engine, { workspaceId: id, cohortId: sleeping!['cohort_id'] })));
    expect(await messages(id)).toMatchObject([{ status: 'queued' }]);
    expect(await sql`select ending, burst from enrollments where customer_id = ${customerId}`).toMatchObject([{ ending: 'completed', burst: 2 }]);
    expect(await sql`select node_id, port, sum(passed)::int as n from node_passes where workspace_id = ${id} group by 1, 2 order by 1`).toMatchObject([
      { node_id: 'entry', n: 1 }, { node_id: 'm', port: 'next', n: 1 }, { node_id: 'w', port: 'next', n: 1 },
    ]);
  });

  it('shares one cap over five journeys on one event: exactly three send, two are explained (§5.5, §5.11)', async () => {
    const id = await workspace();
    for (const key of ['one', 'two', 'three', 'four', 'five']) await publishJourney(sql, id, { key, entry: enter('m', 'visit'), nodes: [mail('m')] });
    await buildCustomer(sql, id, { email: 'b@lutin.fr' });
    await post(id, { id: '1', type: 'visit', customer: { email: 'b@lutin.fr' } });
    await drain(id);
    const rows = await messages(id);
    expect(rows.filter(({ status }) => status === 'queued')).toHaveLength(3);
    expect(rows.filter(({ status, reason }) => status === 'suppressed' && reason?.code === 'capped')).toHaveLength(2);
    expect(await sql`select count(*)::int as n from pressure_entries where workspace_id = ${id}`).toMatchObject([{ n: 3 }]);
  });

  it('gives exactly five vouchers of a stock of five to a thousand people, over two routers', async () => {
    const id = await workspace();
    await sql`insert into offers (id, workspace_id, key, definition, stock_total, updated_at)
      values (gen_random_uuid(), ${id}, 'toy', ${sql.json({ key: 'toy', name: { en: 'A toy' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 30 }, stockTotal: 5 })}, 5, now())`;
    await publishJourney(sql, id, { key: 'gift', entry: enter('o', 'visit'), nodes: [{ id: 'o', kind: 'grantOffer', settings: { offerKey: 'toy' }, next: {} }] });
    const events = Array.from({ length: 1_000 }, (_, index) => ({ id: `v${index}`, type: 'visit', customer: { card: `c${index}` } }));
    await post(id, ...events);
    await Promise.all([drain(id), drain(id)]);
    await drain(id);
    expect(await sql`select count(*)::int as n, count(distinct code)::int as codes from vouchers where workspace_id = ${id}`).toMatchObject([{ n: 5, codes: 5 }]);
    expect(await sql`select port, sum(passed)::int as n from node_passes where workspace_id = ${id} and node_id = 'o' group by 1 order by 1`).toMatchObject([{ port: 'next', n: 5 }, { port: 'refused', n: 995 }]);
  });

  it('keeps the order of one customer\'s events over two routers while they are ingested (§1.8)', async () => {
    const id = await workspace();
    await publishJourney(sql, id, { key: 'echo', entry: { ...enter('s', 'step'), reentry: { mode: 'perKey', property: 'n' } }, nodes: [{ id: 's', kind: 'setAttribute', settings: { attribute: 'last', value: 'x' }, next: {} }] });
    const feed = (async () => {
      for (let n = 0; n < 60; n += 1) await post(id, ...[0, 1, 2].map((customer) => ({ id: `${customer}-${n}`, type: 'step', customer: { card: `c${customer}` }, properties: { n } })));
    })();
    const route = async () => {
      let quiet = 0;
      while (quiet < 3) quiet = (await routeOnce(engine, id)) === 0 && (await Promise.race([feed.then(() => true), new Promise((resolve) => setTimeout(resolve, 2))])) === true ? quiet + 1 : 0;
    };
    await Promise.all([feed, route(), route()]);
    await drain(id);
    const rows = await sql`select customer_id, array_agg((state->'entryEvent'->'properties'->>'n')::int order by id) as ns from enrollments where workspace_id = ${id} group by customer_id`;
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row['ns']).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  it('ends a sleeping person by an exit event and withdraws the queued message with its reservation (§2.1, §2.6)', async () => {
    const id = await workspace();
    await publishJourney(sql, id, { key: 'win', entry: enter('m', 'visit'), exits: [{ on: 'event', name: 'bought', event: { type: 'order' } }], nodes: [mail('m', 'w'), wait('w', 10, 'calendarDays', 'm2'), mail('m2')] });
    const customerId = await buildCustomer(sql, id, { email: 'e@lutin.fr' });
    await post(id, { id: '1', type: 'visit', customer: { email: 'e@lutin.fr' } });
    await drain(id);
    await post(id, { id: '2', type: 'order', customer: { email: 'e@lutin.fr' } });
    await drain(id);
    expect(await sql`select ending, state->'ending'->>'detail' as detail from enrollments where customer_id = ${customerId}`).toMatchObject([{ ending: 'exited', detail: 'bought' }]);
    expect(await messages(id)).toMatchObject([{ status: 'suppressed', reason: { code: 'withdrawn.exited' } }]);
    expect(await sql`select (select count(*) from outbox where customer_id = ${customerId})::int as o, (select count(*) from pressure_entries where customer_id = ${customerId})::int as p`).toMatchObject([{ o: 0, p: 0 }]);
  });

  it('lets the one person fail alone whose burst the database refuses', async () => {
    const id = await workspace();
    await publishJourney(sql, id, { key: 'mark', entry: enter('s', 'visit'), nodes: [{ id: 's', kind: 'setAttribute', settings: { attribute: 'seen', value: true }, next: {} }] });
    await post(id, ...Array.from({ length: 8 }, (_, index) => ({ id: `v${index}`, type: 'visit', customer: { card: `f${index}` } })));
    const [bad] = await sql<{ customer_id: string }[]>`select customer_id from customer_identifiers where workspace_id = ${id} and value = 'F3'`;
    await sql.unsafe(`create function refuse_one() returns trigger language plpgsql as $$ begin if new.id = '${bad!.customer_id}' then raise exception 'no' using errcode = '23514'; end if; return new; end $$;
      create trigger refuse_one before update on customers for each row when (new.workspace_id = '${id}') execute function refuse_one()`);
    await routeOnce(engine, id);
    expect(await sql`select count(*)::int as n from enrollments where workspace_id = ${id} and ending = 'completed'`).toMatchObject([{ n: 7 }]);
    expect(await sql`select customer_id from heads where workspace_id = ${id} and pending_since is not null`).toMatchObject([{ customer_id: bad!.customer_id }]);
  });

  it('puts people who wake in the same minute into one cohort of at most a thousand', async () => {
    const id = await workspace();
    await publishJourney(sql, id, { key: 'slow', entry: enter('w', 'visit'), nodes: [wait('w', 1, 'hours', 'm'), mail('m')] });
    await post(id, ...Array.from({ length: 600 }, (_, index) => ({ id: `a${index}`, type: 'visit', customer: { card: `a${index}` } })));
    await post(id, ...Array.from({ length: 600 }, (_, index) => ({ id: `b${index}`, type: 'visit', customer: { card: `b${index}` } })));
    await drain(id);
    expect((await sql`select size from cohorts where workspace_id = ${id} order by size desc`).map((row) => row['size'])).toEqual([1_000, 200]);
    expect(await advanceCustomers(engine, id, [])).toMatchObject({ customers: 0 });
  });
});
