import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { countConcerned } from '#engine/count-concerned.ts';
import type { Engine } from '#engine/engine.ts';
import { routeOnce } from '#engine/route-events.ts';
import { runBusinessEvents } from '#engine/run-business-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;

const TEN = Date.UTC(2026, 5, 16, 8);
const journey = (key: string, type: string, entry: Record<string, unknown> = {}) => ({
  formatVersion: 1, key, name: key, entry: { trigger: { kind: 'business', event: { type, ...(entry['where'] ? { where: entry['where'] } : {}) } }, reentry: { mode: 'afterExit', gapFrom: 'end' }, ...(entry['audience'] ? { audience: entry['audience'] } : {}), next: 'mark' },
  nodes: [{ id: 'mark', kind: 'setAttribute', settings: { attribute: key, value: true }, next: {} }],
});
const publish = async (drawn: Record<string, unknown>): Promise<void> => {
  const { body } = await call('POST', '/journeys', drawn);
  expect(await call('POST', `/journeys/${String(body['id'])}/publish`, {})).toMatchObject({ status: 200 });
};

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('launches', { standsAt: TEN });
  call = api.callerOf(await api.makeKey(workspaceId));
  await inWorkspace(api.database, workspaceId, (transaction) => transaction`
    with made as (insert into customers (id, workspace_id, profile, created_at)
      select gen_random_uuid(), ${workspaceId}, jsonb_build_object('city', case when n % 2 = 0 then 'Lyon' else 'Nice' end), now() from generate_series(1, 1200) n returning id)
    insert into heads (customer_id, workspace_id) select id, ${workspaceId} from made`);
  await publish(journey('launch', 'collection.launched', { where: { field: 'event.properties.collection', is: 'equals', value: 'autumn' }, audience: { field: 'customer.city', is: 'equals', value: 'Lyon' } }));
  await publish(journey('opening', 'store.opened', { audience: { field: 'customer.city', is: 'equals', value: 'Nice' } }));
  await publish(journey('cheaper', 'product.priceCut'));
  await publish(journey('back', 'product.backInStock'));
});
afterAll(() => api.close());

const runAll = async (): Promise<void> => {
  await runBusinessEvents(api.engine, workspaceId);
  while ((await routeOnce(api.engine, workspaceId)) > 0);
};
const entered = (key: string) => inWorkspace(api.database, workspaceId, async (transaction) => (await transaction<{ n: number; who: number }[]>`
  select count(*)::int as n, count(distinct customer_id)::int as who from enrollments e join journeys j on j.id = e.journey_id where j.key = ${key}`)[0]);
const LAUNCH = { id: 'launch-1', type: 'collection.launched', properties: { collection: 'autumn' } };

describe('an event of the brand', () => {
  it('§1.9 says first whom it would take in, by the conditions and audiences of the journeys that begin with it', async () => {
    const input = { eventId: 'x', type: LAUNCH.type, occurredAt: TEN, storeId: null, properties: LAUNCH.properties };
    expect(await inWorkspace(api.database, workspaceId, (transaction) => countConcerned(transaction, workspaceId, input, 60_000))).toMatchObject({ customers: 600, inAll: 1_200, isEstimate: false, journeys: [{ name: 'launch', customers: 600 }] });
    // On a slow machine the answer is an estimate: it comes within a second all the same.
    expect(await call('POST', '/business-events/preview', LAUNCH)).toMatchObject({ status: 200, body: { inAll: 1_200, journeys: [{ name: 'launch' }] } });
    expect((await call('POST', '/business-events/preview', { ...LAUNCH, properties: { collection: 'spring' } })).body).toMatchObject({ customers: 0 });
    expect((await call('POST', '/business-events/preview', { ...LAUNCH, type: 'party' })).body).toMatchObject({ customers: 0, journeys: [] });
    expect((await call('GET', '/business-events')).body).toEqual({ items: [], next: null });
  });

  it('§1.9 takes in the customers it concerns once each, whatever kills the runner and however often it is posted', async () => {
    const posted = await call('POST', '/business-events', LAUNCH);
    expect(posted).toMatchObject({ status: 202, body: { status: 'accepted', businessEvent: { state: 'planned', eventId: 'launch-1' } } });
    const one = `/business-events/${String((posted.body['businessEvent'] as Record<string, unknown>)['id'])}`;
    const killed = new AbortController();
    await runBusinessEvents({ ...api.engine, hintRouters: () => killed.abort() } satisfies Engine, workspaceId, killed.signal);
    expect((await call('GET', one)).body).toMatchObject({ state: 'running', looked: 500, total: 1_200 });
    await runBusinessEvents(api.engine, workspaceId);
    expect((await call('GET', one)).body, 'another has its lease').toMatchObject({ looked: 500 });
    await inWorkspace(api.database, workspaceId, (transaction) => transaction`update business_events set lease_until = clock_timestamp() - interval '1 second'`);
    await runAll();
    expect((await call('GET', one)).body).toMatchObject({ state: 'done', looked: 1_200, concerned: 600 });
    expect(await entered('launch')).toEqual({ n: 600, who: 600 });
    expect(await call('POST', '/business-events', LAUNCH)).toMatchObject({ status: 202, body: { status: 'duplicate' } });
    expect(await call('POST', '/business-events', { ...LAUNCH, properties: {} })).toMatchObject({ status: 409, body: { code: 'event.conflict' } });
    // Even a page that is looked at once more takes nobody in again.
    await inWorkspace(api.database, workspaceId, (transaction) => transaction`update business_events set state = 'running', after_id = '00000000-0000-0000-0000-000000000000'`);
    await runAll();
    expect(await entered('launch')).toEqual({ n: 600, who: 600 });
    await call('POST', '/business-events', { ...LAUNCH, id: 'launch-2' });
    await runAll();
    expect(await entered('launch'), 'another event under another id takes them in again').toEqual({ n: 1_200, who: 600 });
  });

  it('§1.6 §1.9 refuses a customer who cannot be read, with the reason, and takes in the others', async () => {
    await publish(journey('fair', 'fair.opened'));
    const [broken] = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ id: string; city: string }[]>`
      with chosen as (select id, profile ->> 'city' as city from customers order by id offset 700 limit 1)
      update customers c set profile = jsonb_build_object('city', 7) from chosen where c.id = chosen.id returning c.id, chosen.city`);
    expect((await call('POST', '/business-events/preview', { id: 'fair-1', type: 'fair.opened' })).status).toBe(200);
    await call('POST', '/business-events', { id: 'fair-1', type: 'fair.opened' });
    await runAll();
    expect(await entered('fair')).toEqual({ n: 1_199, who: 1_199 });
    expect(await inWorkspace(api.database, workspaceId, (transaction) => transaction`
      select t.data -> 'reason' ->> 'code' as code, j.key from traces t join journeys j on j.id = t.journey_id where t.customer_id = ${broken!.id} and t.kind = 'entryRefused'`)).toEqual([{ code: 'customer.unreadable', key: 'fair' }]);
    await inWorkspace(api.database, workspaceId, (transaction) => transaction`update customers set profile = jsonb_build_object('city', ${broken!.city}::text) where id = ${broken!.id}`);
  });

  it('§1.9 leaves to each customer an event that says where it comes from, and a history that can be recomputed', async () => {
    const [who] = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ customer_id: string }[]>`select customer_id from enrollments limit 1`);
    const timeline = (await call('GET', `/customers/${who!.customer_id}/timeline`)).body['items'];
    expect(timeline).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'event', data: expect.objectContaining({ type: 'collection.launched', source: 'system', properties: expect.objectContaining({ collection: 'autumn' }) }) })]));
    expect((await call('GET', `/customers/${who!.customer_id}/replay`)).body).toMatchObject({ differences: [] });
  });

  it('§1.9 is the opening of a store, at nine of its day in its zone, and is called off when the day moves', async () => {
    const store = { name: 'Nice', city: 'Nice', country: 'FR', timeZone: 'Europe/Paris' };
    await call('PUT', '/stores/nice', { ...store, opensOn: '2026-06-20' });
    await call('PUT', '/stores/nice', { ...store, opensOn: '2026-06-18' });
    await call('PUT', '/stores/old', { ...store, name: 'Old', opensOn: '2020-01-01' });
    const planned = ((await call('GET', '/business-events')).body['items'] as Record<string, unknown>[]).filter(({ type }) => type === 'store.opened');
    expect(planned.map(({ state, dueAt, store: where }) => ({ state, dueAt, where }))).toEqual([
      { state: 'planned', dueAt: '2026-06-18T07:00:00.000Z', where: 'nice' }, { state: 'cancelled', dueAt: '2026-06-20T07:00:00.000Z', where: 'nice' },
    ]);
    await runAll();
    expect(await entered('opening')).toEqual({ n: 0, who: 0 });
    await inWorkspace(api.database, workspaceId, (transaction) => transaction`update clocks set stands_at = '2026-06-18T07:00:00Z'`);
    await runAll();
    expect(await entered('opening')).toEqual({ n: 600, who: 600 });
  });

  it('§1.9 is a price that falls and a stock that comes back, when a live journey begins with them', async () => {
    const product = { name: { fr: 'Robe' }, priceMinor: 4_590 };
    expect(await call('PUT', '/products/dress', { ...product, stock: 0 })).toMatchObject({ body: { stock: 0 } });
    await call('PUT', '/products/dress', { ...product, priceMinor: 4_990 });
    expect(await call('PUT', '/products/dress', { ...product, priceMinor: 3_990 })).toMatchObject({ body: { stock: 0 } });
    await call('PUT', '/products/dress', { ...product, priceMinor: 3_990, stock: 4 });
    const said = ((await call('GET', '/business-events')).body['items'] as Record<string, unknown>[]).filter(({ type }) => String(type).startsWith('product.'));
    expect(said).toMatchObject([{ type: 'product.backInStock', properties: { sku: 'dress', stock: 4 } }, { type: 'product.priceCut', properties: { sku: 'dress', priceMinor: 3_990, previousPriceMinor: 4_990 } }]);
  });

  it('is refused with a reserved type, a moment to come, or an unknown store', async () => {
    expect(await call('POST', '/business-events', { ...LAUNCH, id: 'x', type: 'points.posted' })).toMatchObject({ status: 422 });
    expect(await call('POST', '/business-events', { ...LAUNCH, id: 'x', occurredAt: '2026-07-01T00:00:00Z' })).toMatchObject({ status: 422, body: { code: 'businessEvent.future' } });
    expect(await call('POST', '/business-events', { ...LAUNCH, id: 'x', store: 'nowhere' })).toMatchObject({ status: 404, body: { code: 'store.unknown' } });
  });

  it('keeps no command from the workspace while it waits for a customer whom another holds', async () => {
    await runAll();
    await call('POST', '/business-events', { ...LAUNCH, id: 'launch-3' });
    let running: Promise<number> | undefined;
    await inWorkspace(api.database, workspaceId, async (holding) => {
      await holding`select from heads h join customers c on c.id = h.customer_id where c.profile ->> 'city' = 'Lyon' order by h.customer_id limit 1 for no key update of h`;
      running = runBusinessEvents(api.engine, workspaceId);
      await expect.poll(async () => (await holding`select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`).length).toBeGreaterThan(0);
      await holding`set local lock_timeout = '200ms'`;
      await holding`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspaceId}`;
    });
    expect(await running).toBe(1);
  });
});
