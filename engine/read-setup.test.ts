import { describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { ROLE_SCOPES, type Role } from '#engine/commands/roles.ts';
import { readSetup } from '#engine/read-setup.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { buildCustomer, buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

const live = async (): Promise<string> => (await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', kind: 'live' })).id;
const steps = async (workspaceId: string, role: Role = 'owner') => Object.fromEntries((await inWorkspace(engine.database, workspaceId, (transaction) => readSetup(transaction, workspaceId, ROLE_SCOPES[role], {}))).map(({ key, done }) => [key, done]));

describe('the guide of a workspace', () => {
  it('ticks each step by its fact', async () => {
    const id = await live();
    await sql`update provider_accounts set config = '{"kind":"environment"}' where workspace_id = ${id}`;
    expect(await steps(id)).toEqual({ customers: false, sender: false, store: false, team: false, pairedTill: false, poster: false, till: false, template: false, journey: false, simulation: false, published: false });
    await buildCustomer(sql, id, { email: 'a@lutin.test' });
    await sql`insert into stores (id, workspace_id, external_id, name, country, time_zone) values (gen_random_uuid(), ${id}, 'lyon', 'Lyon', 'FR', 'Europe/Paris')`;
    await ingestEvents(engine, id, [{ id: '1', type: 'purchase', customer: { email: 'a@lutin.test' }, properties: { orderId: '1', amountMinor: 100, currency: 'EUR' } }]);
    await publishJourney(sql, id, { key: 'thanks', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'end' }, nodes: [{ id: 'end', kind: 'exit', settings: {} }] });
    await sql`update provider_accounts set config = '{"kind":"smtp","from":"a@lutin.test"}' where workspace_id = ${id}`;
    expect(await steps(id)).toEqual({ customers: true, sender: true, store: true, team: false, pairedTill: false, poster: false, till: true, template: false, journey: true, simulation: false, published: true });
  });

  it('§11.8 ticks a journey for whoever acts for some stores when it begins in these alone', async () => {
    const id = await live();
    const [store] = await sql<{ id: string }[]>`insert into stores (id, workspace_id, external_id, name, country, time_zone) values (gen_random_uuid(), ${id}, 'lyon', 'Lyon', 'FR', 'Europe/Paris') returning id`;
    const ticked = async () => (await inWorkspace(engine.database, id, (transaction) => readSetup(transaction, id, ROLE_SCOPES.merchant, {}, [store?.id ?? '']))).filter(({ done }) => done).map(({ key }) => key);
    const drawn = (key: string, stores?: string[]) => publishJourney(sql, id, { key, entry: { trigger: { kind: 'event', event: { type: 'purchase' }, ...(stores && { stores }) }, reentry: { mode: 'onceEver' }, next: 'end' }, nodes: [{ id: 'end', kind: 'exit', settings: {} }] });
    await drawn('anywhere');
    expect(await ticked()).toEqual([]);
    await drawn('lyon', ['lyon']);
    expect(await ticked()).toEqual(['journey', 'published']);
  });

  it('shows each role what it may do something about, and a reader nothing', async () => {
    const id = await live();
    expect(Object.keys(await steps(id, 'marketer'))).toEqual(['customers', 'till', 'template', 'journey', 'simulation', 'published']);
    expect(Object.keys(await steps(id, 'campaignManager'))).toEqual(['template', 'journey', 'simulation', 'published']);
    expect(Object.keys(await steps(id, 'merchant'))).toEqual(['pairedTill', 'poster', 'till', 'journey', 'simulation', 'published']);
    expect(Object.keys(await steps(id, 'viewer'))).toEqual([]);
  });
});
