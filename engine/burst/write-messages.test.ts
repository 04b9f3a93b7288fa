import { beforeEach, describe, expect, it } from 'vitest';
import { claimMessages } from '#engine/dispatch/claim-messages.ts';
import { recordOutcome } from '#engine/dispatch/record-outcome.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { routeOnce } from '#engine/route-events.ts';
import { buildCustomer, buildWorkspace, publishJourney, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
let workspace: BuiltWorkspace;

withTestEngine((made) => { ({ sql, engine } = made); });

const post = async (id: string, type: string): Promise<void> => {
  await ingestEvents(engine, workspace.id, [{ id, type, customer: { email: 'a@lutin.fr' } }]);
  await routeOnce(engine, workspace.id);
};
const claim = async () => (await claimMessages(engine, workspace.id, { channel: 'email', limit: 10 })).claimed;
const message = async () => (await sql`select status, reason ->> 'code' as code from messages where workspace_id = ${workspace.id}`)[0];
const left = async () => (await sql`select (select count(*)::int from outbox where workspace_id = ${workspace.id}) as outbox, (select count(*)::int from pressure_entries where workspace_id = ${workspace.id}) as pressure`)[0];

/** Someone to whom a promotion is queued, and who then sleeps in the journey. */
beforeEach(async () => {
  workspace = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: '2026-06-15T10:00:00.000Z' });
  await publishJourney(sql, workspace.id, {
    key: 'win', exits: [{ on: 'event', name: 'bought', event: { type: 'order' } }],
    entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'm' },
    nodes: [{ id: 'm', kind: 'sendEmail', settings: { templateKey: 'mail', category: 'promotion' }, next: { next: 'w' } }, { id: 'w', kind: 'wait', settings: { mode: 'duration', duration: { amount: 9, unit: 'calendarDays' } }, next: {} }],
  });
  await buildCustomer(sql, workspace.id, { email: 'a@lutin.fr' });
  await post('1', 'visit');
});

describe('withdrawing', () => {
  it('takes back a message that a dispatcher has claimed and not yet handed over (§2.6)', async () => {
    expect(await claim()).toHaveLength(1);
    await post('2', 'order');
    expect(await message()).toEqual({ status: 'suppressed', code: 'withdrawn.exited' });
    expect(await left()).toEqual({ outbox: 0, pressure: 0 });
  });

  it('§2.5 says of a message that was handed over already by how many milliseconds the exit came too late', async () => {
    const [claimed] = await claim();
    await sql`update messages set handed_over_at = workspace_now(${workspace.id}) - interval '1250 milliseconds' where id = ${claimed!.row.id}`;
    await post('2', 'order');
    expect(await message()).toMatchObject({ status: 'sending' });
    const traces = await sql`select node_id, data from traces where workspace_id = ${workspace.id} and kind = 'alreadyHandedOver'`;
    expect(traces).toMatchObject([{ node_id: 'm', data: { messageId: claimed!.row.id, tooLateByMs: 1_250 } }]);
  });

  it('does not let a message leave that came back from a vendor who said «later» after its enrollment had ended (§2.6)', async () => {
    const [claimed] = await claim();
    const batchId = crypto.randomUUID();
    await sql`insert into batches (id, workspace_id, account_id, members, first_attempt_at, attempts, state, lease_until)
      values (${batchId}, ${workspace.id}, ${workspace.emailAccountId}, ${[claimed!.row.id]}, now(), 1, 'sending', now() + interval '45 seconds')`;
    await sql`update outbox set batch_id = ${batchId}, lease_until = null where message_id = ${claimed!.row.id}`;
    await sql`update messages set handed_over_at = workspace_now(${workspace.id}), batch_id = ${batchId} where id = ${claimed!.row.id}`;
    await post('2', 'order');
    expect(await message()).toMatchObject({ status: 'sending' });
    await recordOutcome(engine, workspace.id, { id: batchId, attempts: 1, members: [claimed!.row.id], accountId: workspace.emailAccountId, repeats: true }, { kind: 'rateLimited', retryAfterSeconds: 0, rate: null });
    await sql`update outbox set retry_at = null where workspace_id = ${workspace.id}`;
    expect(await claim()).toEqual([]);
    expect(await message()).toEqual({ status: 'suppressed', code: 'withdrawn.exited' });
    expect(await left()).toEqual({ outbox: 0, pressure: 0 });
  });

  it('lets nothing leave for people of a stopped journey, before each of them has been let go (§8.5)', async () => {
    await sql`update journeys set status = 'stopped' where workspace_id = ${workspace.id}`;
    await sql`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspace.id}`;
    expect(await claim()).toEqual([]);
    expect(await message()).toEqual({ status: 'suppressed', code: 'withdrawn.stopped' });
  });
});
