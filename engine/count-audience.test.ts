import type postgres from 'postgres';
import { beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import type { Condition } from '#domain/audiences/condition.ts';
import { countAudience } from '#engine/count-audience.ts';
import type { Engine } from '#engine/engine.ts';
import { buildCustomer, buildWorkspace, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine } from '#tests/harness/with-test-engine.ts';

let sql: postgres.Sql;
let engine: Engine;
let workspace: BuiltWorkspace;
withTestEngine((made) => ({ sql, engine } = made));
beforeAll(async () => {
  workspace = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: '2026-03-10T11:00:00Z' });
  for (let index = 0; index < 620; index += 1) {
    const id = await buildCustomer(sql, workspace.id, index % 2 === 0 ? { email: `c${index}@lutin.test` } : {});
    await sql`update customers set profile = profile || ${sql.json({ firstName: `C${index}`, city: index < 31 ? 'Lyon' : 'Lille' })} where id = ${id}`;
  }
});

const count = (condition: Condition, limitMs = 60_000) => inWorkspace(engine.database, workspace.id, (transaction) => countAudience(transaction, workspace.id, condition, limitMs));
const LYON: Condition = { field: 'customer.city', is: 'equals', value: 'Lyon' };

it('counts every customer a condition holds for, with three examples and whom each channel reaches', async () => {
  const counted = await count(LYON);
  expect(counted).toMatchObject({ customers: 31, inAll: 620, isEstimate: false, looked: 620, email: { withAddress: 16 }, sms: { withAddress: 0, agreed: 0 } });
  expect(counted?.examples).toHaveLength(3);
  expect(counted?.examples.every(({ name }) => /^C\d+$/.test(name ?? ''))).toBe(true);
});

it('says that it is an estimate when there was no time to look at all', async () => {
  expect(await count({ not: LYON }, 0)).toMatchObject({ isEstimate: true, looked: 500, inAll: 620 });
});

it('has no answer where the event in hand is read', async () => {
  expect(await count({ field: 'event.properties.page', is: 'equals', value: 'boots' })).toBeNull();
});
