import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { buildCustomer, buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { advanceEach } from './advance-customers.ts';
import { ingestEvents } from './ingest-events.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

const T0 = '2026-06-15T10:00:00.000Z';
const many = { mode: 'perPeriod', maximumEntries: 1000, period: { amount: 1, unit: 'calendarYears' } };
const club = (cap: { maximum: number; per: string } | null) => ({
  key: 'club', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: many, ...(cap && { cap }), next: 'w' },
  nodes: [{ id: 'w', kind: 'wait', settings: { mode: 'duration', duration: { amount: 9, unit: 'calendarDays' } }, next: {} }],
});
const workspace = async (): Promise<string> => (await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: T0 })).id;
const people = async (id: string, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push(await buildCustomer(sql, id, { email: `p${index}@lutin.fr` }));
  return ids;
};
const visit = (id: string, name: string, count: number) => ingestEvents(engine, id, Array.from({ length: count }, (_, index) => ({ id: `${name}-${index}`, type: 'visit', customer: { email: `p${index}@lutin.fr` } })));
let versions = 1;
const republish = async (id: string, journeyId: string, cap: { maximum: number; per: string } | null): Promise<void> => {
  const [versionId, definition] = [v7(), { formatVersion: 1, name: 'club', ...club(cap) }];
  await sql`insert into journey_versions (id, workspace_id, journey_id, number, definition, published_at, published_by) values (${versionId}, ${id}, ${journeyId}, ${(versions += 1)}, ${sql.json(definition)}, now(), 'test')`;
  await sql`update journeys set live_version_id = ${versionId} where id = ${journeyId}`;
  await sql`update workspaces set routing_epoch = routing_epoch + 1 where id = ${id}`;
};
const entered = async (id: string) => (await sql`select count(*)::int as n from enrollments where workspace_id = ${id}`)[0]!['n'];
const refused = (id: string) => sql`select data -> 'reason' ->> 'code' as code, count(*)::int as n from traces where workspace_id = ${id} and kind = 'entryRefused' group by 1`;

describe('a cap on entries in the engine', () => {
  it('§1.6 takes in exactly ten of fifty customers who come at once, each in a burst of its own', async () => {
    const id = await workspace();
    await publishJourney(sql, id, club({ maximum: 10, per: 'day' }));
    const ids = await people(id, 50);
    await visit(id, 'at-once', 50);
    await Promise.all(ids.map((customerId) => advanceEach(engine, id, [customerId])));
    expect(await entered(id)).toBe(10);
    expect(await refused(id)).toEqual([{ code: 'entry.full.day', n: 40 }]);
    expect(await sql`select entered from entry_counts where workspace_id = ${id}`).toEqual([{ entered: 10 }]);
  });

  it('§1.6 opens again on the next day of the workspace’s calendar', async () => {
    const id = await workspace();
    await publishJourney(sql, id, club({ maximum: 2, per: 'day' }));
    const ids = await people(id, 4);
    await visit(id, 'today', 4);
    await advanceEach(engine, id, ids);
    await sql`update clocks set stands_at = '2026-06-15T22:00:00Z' where workspace_id = ${id}`;
    await visit(id, 'tomorrow', 4);
    await advanceEach(engine, id, ids);
    expect(await entered(id)).toBe(4);
  });

  it('§1.6 counts who entered before there was a cap, and while there was none', async () => {
    const id = await workspace();
    const first = await publishJourney(sql, id, club(null));
    const ids = await people(id, 9);
    await visit(id, 'before', 3);
    await advanceEach(engine, id, ids);
    const publish = (cap: { maximum: number; per: string } | null) => republish(id, first.journeyId, cap);
    await publish({ maximum: 5, per: 'ever' });
    await visit(id, 'capped', 1);
    await advanceEach(engine, id, ids);
    await publish(null);
    await visit(id, 'open', 3);
    await advanceEach(engine, id, ids);
    expect(await entered(id)).toBe(7);
    await publish({ maximum: 9, per: 'ever' });
    await visit(id, 'last', 9);
    await advanceEach(engine, id, ids);
    expect(await entered(id)).toBe(9);
    expect(await sql`select entered from entry_counts where workspace_id = ${id}`).toEqual([{ entered: 9 }]);
  });
});
