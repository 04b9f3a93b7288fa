import pino from 'pino';
import { expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { createDestination } from '#engine/commands/destinations.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { buildWorkspace, TEST_SECRET } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { serveDestinations } from './serve-destinations.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

it('§11.5 serves every destination beside the others, each once at a time', async () => {
  const { id: workspaceId } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', kind: 'live' });
  // Two names that nobody has.
  for (const host of ['one.invalid', 'two.invalid']) {
    await inWorkspace(engine.database, workspaceId, (transaction) => createDestination({ transaction, workspaceId, actor: 'test' }, TEST_SECRET, { name: host, address: `https://${host}/`, types: ['visit'] }));
  }
  await ingestEvents(engine, workspaceId, [{ id: 'v', type: 'visit', customer: { card: 'c' } }]);
  const { run, settled } = serveDestinations({ engine, log: pino({ level: 'silent' }), signal: new AbortController().signal });
  const [started, again] = [await run(), await run()];
  expect(started).toBe(2);
  expect(again).toBeLessThan(2);
  await settled();
  const rows = await sql<{ state: string; attempts: number; reason: string }[]>`select state, attempts, history -> 0 -> 'reason' ->> 'code' as reason from webhooks where workspace_id = ${workspaceId} order by id`;
  expect(rows).toMatchObject([{ state: 'queued', attempts: 1, reason: 'http.unreachable' }, { state: 'queued', attempts: 1, reason: 'http.unreachable' }]);
  expect(await run(), 'each waits for its time').toBe(0);
});
