import type postgres from 'postgres';
import { expect, it } from 'vitest';
import { v7 as newId } from 'uuid';
import { inWorkspace } from '#db/connection.ts';
import { attributeSales } from '#engine/attribute-sales.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import type { Engine } from '#engine/engine.ts';
import { buildCustomer, buildMessages, buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine } from '#tests/harness/with-test-engine.ts';

let sql: postgres.Sql;
let engine: Engine;
withTestEngine((made) => ({ sql, engine } = made));

it('attributes each sale to one message of one journey, within the windows of the workspace (§12.9)', async () => {
  const workspace = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: '2026-03-20T11:00:00Z' });
  const [mine, other] = [await publishJourney(sql, workspace.id, { key: 'mine', entry: ENTRY, nodes: [] }), await publishJourney(sql, workspace.id, { key: 'other', entry: ENTRY, nodes: [] })];
  const [early, late] = [await buildCustomer(sql, workspace.id, { email: 'a@lutin.test' }), await buildCustomer(sql, workspace.id, { email: 'b@lutin.test' })];
  const ids = await buildMessages(sql, workspace.id, [early, late, late].map((customerId) => ({ customerId, templateId: null })));
  const send = (id: string | undefined, journeyId: string, at: string) => sql`update messages set journey_id = ${journeyId}, node_id = 'mail', status = 'sent', handed_over_at = ${at} where id = ${id ?? ''}`;
  await send(ids[0], mine.journeyId, '2026-03-10T10:00:00Z');
  await send(ids[1], mine.journeyId, '2026-03-10T10:00:00Z');
  await send(ids[2], other.journeyId, '2026-03-11T10:00:00Z');
  const purchase = (email: string) => ({ id: newId(), type: 'purchase', customer: { email }, occurredAt: '2026-03-15T10:00:00Z', properties: { orderId: newId(), amountMinor: 2_000, currency: 'EUR' } });
  await ingestEvents(engine, workspace.id, [purchase('a@lutin.test'), purchase('b@lutin.test')]);
  const read = () => inWorkspace(engine.database, workspace.id, (transaction) => attributeSales(transaction, workspace.id, mine.journeyId));
  expect(await read()).toMatchObject({ windows: { emailDays: 14, smsDays: 3 }, nodes: [{ nodeId: 'mail', sales: 1, amountMinor: 2_000, latest: [{ customerId: early }] }] });
  await sql`update workspaces set attribution = '{"emailDays": 3, "smsDays": 3}' where id = ${workspace.id}`;
  expect((await read()).nodes).toEqual([]);
});

const ENTRY = { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: null };
