import { describe, expect, it } from 'vitest';
import { buildCustomer, buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { playDeadlock } from '#tests/harness/play-deadlock.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { advanceCustomers } from './advance-customers.ts';
import { ingestEvents } from './ingest-events.ts';
import { routeOnce } from './route-events.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

const entry = { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'perPeriod', maximumEntries: 1000, period: { amount: 1, unit: 'calendarYears' } }, next: 'w' };
const sleeping = { key: 'sleeping', entry, nodes: [{ id: 'w', kind: 'wait', settings: { mode: 'duration', duration: { amount: 9, unit: 'hours' } }, next: {} }] };
const visit = (id: string, card: string) => ({ id, type: 'visit', customer: { card } });
const pending = async (id: string): Promise<number> => Number((await sql`select count(*)::int as n from heads where workspace_id = ${id} and pending_since is not null`)[0]!['n']);

/** A workspace where some customers wait in a journey with a state that no code can read. */
async function withSpoiltCustomers(count: number): Promise<string> {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
  await publishJourney(sql, id, sleeping);
  await ingestEvents(engine, id, Array.from({ length: count }, (_, index) => visit(`before-${index}`, `S${index}`)));
  await routeOnce(engine, id);
  await sql`update enrollments set state = '{"formatVersion": 99}' where workspace_id = ${id}`;
  await ingestEvents(engine, id, Array.from({ length: count }, (_, index) => visit(`then-${index}`, `S${index}`)));
  return id;
}

describe('routing', () => {
  it('lets whom the kernel cannot advance fail alone (ARCHITECTURE 1.2)', async () => {
    const id = await withSpoiltCustomers(2);
    await ingestEvents(engine, id, [visit('a', 'A'), visit('b', 'B'), visit('c', 'C')]);
    expect(await routeOnce(engine, id)).toBe(3);
    expect(await pending(id)).toBe(2);
  });

  it('is not held up by customers who fail again and again and come first', async () => {
    const id = await withSpoiltCustomers(3);
    await expect(routeOnce(engine, id, 3)).rejects.toThrow();
    await ingestEvents(engine, id, [visit('a', 'A')]);
    expect(await routeOnce(engine, id, 3)).toBe(1);
    expect(await pending(id)).toBe(3);
    expect(await routeOnce(engine, id, 3)).toBe(0);
  });

  it('finds events whose ids were made by a machine with another clock than the database\'s', async () => {
    const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
    await publishJourney(sql, id, sleeping);
    await ingestEvents(engine, id, [visit('a', 'A'), visit('b', 'A')]);
    await sql`update heads set pending_since = clock_timestamp() + interval '1 hour' where workspace_id = ${id}`;
    expect(await routeOnce(engine, id)).toBe(1);
    expect(await pending(id)).toBe(0);
    expect(await sql`select count(*)::int as n from enrollments where workspace_id = ${id}`).toMatchObject([{ n: 2 }]);
  });

  it('routes all of one customer\'s events when there are more than a burst takes, in their order (§1.8)', async () => {
    const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
    await publishJourney(sql, id, sleeping);
    for (const part of ['a', 'b', 'c']) await ingestEvents(engine, id, Array.from({ length: part === 'c' ? 100 : 1_000 }, (_, index) => visit(`${part}${index}`, 'A')));
    const since = (await sql`select pending_since from heads where workspace_id = ${id}`)[0]!['pending_since'];
    expect(await routeOnce(engine, id)).toBe(1);
    expect(await sql`select last_routed_no::int as n, pending_since from heads where workspace_id = ${id}`).toMatchObject([{ n: 1_000, pending_since: since }]);
    while ((await routeOnce(engine, id)) > 0);
    expect(await sql`select last_routed_no::int as n, pending_since from heads where workspace_id = ${id}`).toMatchObject([{ n: 2_100, pending_since: null }]);
    expect(await sql`select count(*)::int as n from enrollments where workspace_id = ${id}`).toMatchObject([{ n: 1_000 }]);
  });

  it('goes on after a deadlock, in which the burst was given up (40P01)', async () => {
    const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
    const [first, second] = [await buildCustomer(sql, id), await buildCustomer(sql, id)];
    const { burst: given } = await playDeadlock(() => sql.begin(async (other) => {
      await other`select from heads where customer_id = ${second} for update`;
      const burst = advanceCustomers(engine, id, [first, second]);
      for (let waits = false; !waits;) [{ waits }] = await sql<[{ waits: boolean }]>`select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`;
      await other`select from heads where customer_id = ${first} for update`;
      return { burst };
    }));
    await expect(given).resolves.toMatchObject({ customers: 0 });
  });
});
