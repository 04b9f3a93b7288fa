import { describe, expect, it } from 'vitest';
import { buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { ingestEvents } from './ingest-events.ts';
import { routeOnce } from './route-events.ts';
import { sweep } from './sweep-cohorts.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

async function stoppedJourney(people: number): Promise<string> {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
  await publishJourney(sql, id, {
    key: 'sleeping', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'w' },
    nodes: [{ id: 'w', kind: 'wait', settings: { mode: 'duration', duration: { amount: 9, unit: 'hours' } }, next: {} }],
  });
  await ingestEvents(engine, id, Array.from({ length: people }, (_, index) => ({ id: `${index}`, type: 'visit', customer: { card: `S${index}` } })));
  while ((await routeOnce(engine, id)) > 0);
  await sql`update journeys set status = 'stopped' where workspace_id = ${id}`;
  await sql`update workspaces set routing_epoch = routing_epoch + 1 where id = ${id}`;
  return id;
}
const inside = async (id: string): Promise<number> => Number((await sql`select count(*)::int as n from enrollments where workspace_id = ${id} and ended_at is null`)[0]!['n']);

describe('the sweep', () => {
  it('lets a thousand people out of a stopped journey in one pass (§8.5)', async () => {
    const id = await stoppedJourney(1_000);
    await sweep(engine);
    expect(await inside(id)).toBe(0);
  });

  it('serves the other workspaces when one of them fails, and says so', async () => {
    const spoilt = await Promise.all([stoppedJourney(1), stoppedJourney(1), stoppedJourney(1)]);
    await sql`update enrollments set state = '{"formatVersion": 99}' where workspace_id = any(${spoilt})`;
    const sound = await Promise.all([stoppedJourney(2), stoppedJourney(2), stoppedJourney(2)]);
    await expect(sweep(engine)).rejects.toThrow();
    expect(await Promise.all(sound.map(inside))).toEqual([0, 0, 0]);
  });
});
