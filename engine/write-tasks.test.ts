import { expect, it } from 'vitest';
import { buildWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { ingestEvents } from './ingest-events.ts';
import { routeOnce } from './route-events.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

it('keeps a wish to be called whose words are longer than a task may be, and cuts through no character (§4.6)', async () => {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
  await ingestEvents(engine, id, [{ id: 'c', type: 'callback.requested', customer: { card: 'c' }, properties: { topic: `${'a'.repeat(199)}🎁`, note: `${'b'.repeat(1_999)}🎁 and more` } }]);
  while ((await routeOnce(engine, id)) > 0);
  expect(await sql`select title, note from tasks where workspace_id = ${id}`).toEqual([{ title: 'a'.repeat(199), note: 'b'.repeat(1_999) }]);
});
