import { describe, expect, it } from 'vitest';
import { v7 as newId } from 'uuid';
import { addProgramme, buildWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { ingestEvents } from './ingest-events.ts';
import { replayQuarantined } from './replay-quarantined.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

const workspace = async (): Promise<string> => {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
  await addProgramme(sql, id);
  return id;
};
const atStore = (id: string) => ({ id, type: 'purchase', customer: { email: `${id}@example.org` }, store: 'lyon', properties: { orderId: id, amountMinor: 5_000, currency: 'EUR' } });
const openStore = (workspaceId: string) => sql.begin(async (transaction) => {
  await transaction`insert into stores (id, workspace_id, external_id, name, country, time_zone) values (${newId()}, ${workspaceId}, 'lyon', 'Lyon', 'FR', 'Europe/Paris')`;
  await transaction`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspaceId}`;
});

describe('a quarantined event', () => {
  it('is taken in as it was posted, with whom it named, once its cause is put right (§11.4)', async () => {
    const id = await workspace();
    expect((await ingestEvents(engine, id, [atStore('k1'), atStore('k2')])).map(({ status }) => status)).toEqual(['quarantined', 'quarantined']);
    const who = { workspaceId: id, actor: 'test' };
    expect(await replayQuarantined(engine, who, {})).toMatchObject({ accepted: 0, left: 2, answers: [{ status: 'quarantined', problems: [{ code: 'store.unknown' }] }, { status: 'quarantined' }] });
    await openStore(id);
    expect(await replayQuarantined(engine, who, { type: 'purchase' })).toMatchObject({ accepted: 2, left: 0, answers: [{ id: 'k1', status: 'accepted', loyalty: [{ points: 50 }] }, { id: 'k2', status: 'accepted' }] });
    expect(await sql`select e.event_id, e.outcome, e.no::int, i.value from events e join customer_identifiers i on i.customer_id = e.customer_id where e.workspace_id = ${id} order by 1`)
      .toEqual([{ event_id: 'k1', outcome: 'accepted', no: 1, value: 'k1@example.org' }, { event_id: 'k2', outcome: 'accepted', no: 1, value: 'k2@example.org' }]);
    expect(await sql`select count(*)::int as n from events where workspace_id = ${id}`).toEqual([{ n: 2 }]);
  });

  it('answers its sender anew under the same body, and another body is still a conflict (§1.3)', async () => {
    const id = await workspace();
    await ingestEvents(engine, id, [atStore('k1')]);
    await openStore(id);
    await replayQuarantined(engine, { workspaceId: id, actor: 'test' }, {});
    const [again] = await ingestEvents(engine, id, [atStore('k1')]);
    expect(again).toMatchObject({ status: 'duplicate', loyalty: [{ points: 50 }] });
    const [other] = await ingestEvents(engine, id, [{ ...atStore('k1'), store: undefined }]);
    expect(other).toMatchObject({ status: 'rejected', problems: [{ code: 'event.conflict' }] });
  });

  it('happened when it was first taken in, when it named no time, however late it is replayed', async () => {
    const id = await workspace();
    await ingestEvents(engine, id, [atStore('k1')]);
    const [first] = await sql<{ occurred_at: Date }[]>`select occurred_at from events where workspace_id = ${id}`;
    await replayQuarantined(engine, { workspaceId: id, actor: 'test' }, {});
    await openStore(id);
    await replayQuarantined(engine, { workspaceId: id, actor: 'test' }, {});
    expect(await sql`select occurred_at, posted from events where workspace_id = ${id}`).toEqual([{ occurred_at: first?.occurred_at, posted: null }]);
  });

  it('is replayed once, however many ask at the same time', async () => {
    const id = await workspace();
    await ingestEvents(engine, id, [atStore('k1')]);
    await openStore(id);
    const all = await Promise.all([1, 2, 3, 4].map(() => replayQuarantined(engine, { workspaceId: id, actor: 'test' }, {})));
    expect(all.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1);
    expect(await sql`select sum(amount)::int as points from balances where workspace_id = ${id} and account = 'customer:available'`).toEqual([{ points: 50 }]);
  });
});
