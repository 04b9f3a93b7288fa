import { describe, expect, it } from 'vitest';
import { buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { ingestEvents } from './ingest-events.ts';
import { routeOnce } from './route-events.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

const drawn = (key: string, type: string, nodes: unknown[]) => ({ key, entry: { trigger: { kind: 'event', event: { type } }, reentry: { mode: 'onceEver' }, next: 'a' }, nodes });

describe('a step that joins another journey (§4.3)', () => {
  it('brings the person into it by an event of ours, under its rules of re-entry', async () => {
    const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: '2026-06-15T10:00:00.000Z' });
    await publishJourney(sql, id, drawn('winter', 'never', [{ id: 'a', kind: 'setAttribute', settings: { attribute: 'season', value: 'winter' }, next: {} }]));
    for (const key of ['first', 'second']) await publishJourney(sql, id, drawn(key, 'visit', [{ id: 'a', kind: 'joinJourney', settings: { journeyKey: 'winter' }, next: {} }]));
    await ingestEvents(engine, id, [{ id: 'v', type: 'visit', customer: { card: 'c' } }]);
    while ((await routeOnce(engine, id)) > 0);
    expect(await sql`select profile -> 'attributes' ->> 'season' as season from customers where workspace_id = ${id}`).toMatchObject([{ season: 'winter' }]);
    expect(await sql`select type, depth, source from events where workspace_id = ${id} order by no`).toMatchObject([
      { type: 'visit' }, { type: 'journey.joined', depth: 1, source: 'system' }, { type: 'journey.joined', depth: 1, source: 'system' },
    ]);
    expect(await sql`select data -> 'reason' ->> 'code' as code from traces where workspace_id = ${id} and kind = 'entryRefused'`).toMatchObject([{ code: 'reentry.onceEver' }]);
  });
});
