import { connect } from 'node:net';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '#bin/free-port.ts';
import { openMetrics } from '#bin/metrics/open-metrics.ts';
import { openDatabase, type Database } from '#db/connection.ts';
import { readFigures } from '#db/queries/figures.ts';
import { tell } from '#engine/measured.ts';
import { seedWorkspace, type Seeded } from '#tests/harness/seed-workspace.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let seeded: Seeded;
let owner: postgres.Sql;
let database: Database;
let url: string;
let close: () => Promise<void>;
beforeAll(async () => {
  api = await openTestApi();
  owner = postgres(api.url, { max: 2, onnotice: () => {} });
  database = openDatabase(api.url, { applicationName: 'parcours-metrics', maximumConnections: 1 });
  const port = await findFreePort();
  close = await openMetrics({ host: '127.0.0.1', port, database });
  url = `http://127.0.0.1:${port}/metrics`;
  seeded = await seedWorkspace(api, 'measured');
}, 60_000);
afterAll(async () => {
  await close();
  await Promise.all([database.end(), owner.end()]);
  await api.close();
});

const scrape = async (): Promise<string> => (await fetch(url)).text();
const valueOf = (text: string, name: string): number => Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)`, 'm').exec(text)?.[1]);

describe('the figures of the installation', () => {
  it('count what waits, is late, is not armed, is unknown or was not taken, over all workspaces', async () => {
    await api.makeWorkspace('other');
    await owner`update heads set pending_since = clock_timestamp() - interval '90 seconds'`;
    await owner`update enrollments set wake_at = now() - interval '5 minutes'`;
    await owner`update cohorts set armed_at = null, created_at = now() - interval '1 minute'`;
    await owner`insert into outbox (message_id, workspace_id, customer_id, channel, priority, not_before, state) select gen_random_uuid(), workspace_id, customer_id, 'sms', 1, now() - interval '3 minutes', 'queued' from messages limit 1`;
    await owner`update messages set status = 'unknown'`;
    await owner`update connector_posts set state = 'quarantined'`;
    await owner`insert into worker_heartbeats (worker_id) values ('one'), ('two')`;
    await owner`update figure_readings set read_at = read_at - interval '1 minute'`;
    const text = await scrape();
    expect({
      unrouted: valueOf(text, 'parcours_unrouted_customers'), overdue: valueOf(text, 'parcours_overdue_wakes'), unarmed: valueOf(text, 'parcours_unarmed_cohorts'), unknown: valueOf(text, 'parcours_unknown_sends'),
      quarantined: valueOf(text, 'parcours_quarantined_events'), posts: valueOf(text, 'parcours_quarantined_posts'), workers: valueOf(text, 'parcours_workers'), months: valueOf(text, 'parcours_partition_months_ahead'), up: valueOf(text, 'parcours_database_up'),
      sms: valueOf(text, 'parcours_outbox_due{channel="sms",state="queued"}'),
    }).toEqual({ unrouted: 1, overdue: 1, unarmed: 1, unknown: 1, quarantined: 1, posts: 1, workers: 2, months: 3, up: 1, sms: 1 });
    expect(valueOf(text, 'parcours_unrouted_oldest_seconds')).toBeGreaterThanOrEqual(90);
    expect(valueOf(text, 'parcours_overdue_oldest_seconds')).toBeGreaterThanOrEqual(300);
    expect(valueOf(text, 'parcours_outbox_oldest_seconds{channel="sms",state="queued"}')).toBeGreaterThanOrEqual(180);
    expect(valueOf(text, 'parcours_database_connections{application="parcours-metrics"}')).toBe(1);
  });

  it('do not count a sandbox whose clock stands, and are read by one process for all others', async () => {
    await owner`insert into clocks (workspace_id, stands_at) select id, now() from workspaces on conflict (workspace_id) do update set stands_at = now()`;
    await owner.begin(async (transaction) => {
      await transaction`update figure_readings set read_at = read_at - interval '1 minute'`;
    });
    await owner.begin(async (reading) => {
      await reading`select pg_advisory_xact_lock(727273)`;
      expect((await readFigures(database, 10))?.figures.overdueWakes).toBe(1);
    });
    expect((await readFigures(database, 10))?.figures).toMatchObject({ overdueWakes: 0, unarmedCohorts: 0, outbox: [], unroutedHeads: 1 });
  });

  it('say that the database is away instead of failing, and leave the rest', async () => {
    const [port, away] = [await findFreePort(), openDatabase('postgres://parcours:x@127.0.0.1:1/away', { maximumConnections: 1 })];
    const end = await openMetrics({ host: '127.0.0.1', port, database: away });
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(valueOf(text, 'parcours_database_up')).toBe(0);
    expect(text).toContain('parcours_memory_bytes');
    expect(text).not.toContain('parcours_unrouted_customers ');
    await end();
    await away.end({ timeout: 0 });
  });
});

describe('what a process measures of itself', () => {
  it('is told by the engine, the loops and the API, and ends as histograms and counters', async () => {
    tell('vendorCall', { channel: 'email', seconds: 0.2, outcomes: { sent: 99, refused: 1 } });
    tell('loop', { name: 'router', seconds: 0.01, failed: false });
    tell('loop', { name: 'sweep', seconds: 0.01, failed: true });
    const text = await scrape();
    expect(valueOf(text, 'parcours_vendor_messages_total{channel="email",outcome="sent"}')).toBe(99);
    expect(valueOf(text, 'parcours_loop_failures_total{loop="sweep"}')).toBe(1);
    expect(valueOf(text, 'parcours_loop_last_turn_seconds{loop="router"}')).toBeLessThan(60);
    expect(text).not.toContain('parcours_loop_last_turn_seconds{loop="sweep"}');
    // The seed went through the API, and one burst followed.
    expect(valueOf(text, 'parcours_request_seconds_count{method="PUT",route="/offers/{key}",status="2xx"}')).toBe(1);
    expect(valueOf(text, 'parcours_burst_seconds_count{failed="false"}')).toBeGreaterThan(0);
  });

  it('names no customer, no workspace and no address, and no path as it was called', async () => {
    await seeded.call('GET', `/customers/${seeded.customerId}`);
    await seeded.call('GET', '/no/such/route');
    const text = await scrape();
    expect(text).toContain('route="none"');
    for (const personal of ['example.org', seeded.workspaceId, seeded.customerId, 'measured']) expect(text).not.toContain(personal);
  });
});

it('listens on the host that it is told, and nowhere else', async () => {
  const reached = await new Promise<boolean>((answer) => {
    const socket = connect({ host: '127.0.0.2', port: Number(new URL(url).port) }, () => answer(true)).on('error', () => answer(false));
    socket.unref();
  });
  expect(reached).toBe(false);
});
