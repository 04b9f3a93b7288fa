import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { findDestination, listWebhooks } from '#db/queries/destinations.ts';
import type { Attempt } from '#domain/requests/retry.ts';
import { parseId } from '#domain/shared/ids.ts';
import { WEBHOOK_ATTEMPTS } from '#domain/webhooks/after-attempt.ts';
import { changeDestination, createDestination, deleteDestination, replayWebhooks, rotateSecret, switchDestination, testDestination } from '#engine/commands/destinations.ts';
import type { CommandContext } from '#engine/commands/command-context.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { routeOnce } from '#engine/route-events.ts';
import type { OutboundRequest } from '#providers/send-request.ts';
import { signWebhook } from '#providers/sign-webhook.ts';
import { buildWorkspace, publishJourney, TEST_SECRET } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { webhooksOnce } from './send-webhooks.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

type Posted = { request: OutboundRequest; id: string; said: Record<string, unknown> };
let posted: Posted[];
let answers: Attempt[];
const answered = (status: number): Attempt => ({ kind: 'answered', status, body: null, retryAfterSeconds: null });
const send = async (request: OutboundRequest, id: string): Promise<Attempt> => {
  posted.push({ request, id, said: JSON.parse(request.body ?? '') });
  return answers.shift() ?? answered(204);
};
beforeEach(() => { posted = []; answers = []; });

const INPUT = { name: 'Desk', address: 'https://desk.example.com/in', types: ['purchase', 'stage.reached'] };
async function open(types = INPUT.types) {
  const { id: workspaceId } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', kind: 'live' });
  const command = <T>(work: (context: CommandContext) => Promise<T>) => inWorkspace(engine.database, workspaceId, (transaction) => work({ transaction, workspaceId, actor: 'user:test' }));
  const { id, secret } = await command((context) => createDestination(context, TEST_SECRET, { ...INPUT, types }));
  const due = { workspaceId, destinationId: id };
  return {
    workspaceId, id, secret, due, command, round: (by = send) => webhooksOnce(engine, due, by),
    buy: (event: string, more: Record<string, unknown> = {}) => ingestEvents(engine, workspaceId, [{ id: event, type: 'purchase', customer: { externalId: 'c-1', email: 'zoe@example.org' }, properties: { orderId: event, amountMinor: 500, currency: 'EUR' }, ...more }]),
    log: () => command(({ transaction }) => listWebhooks(transaction, id, { before: null, limit: 50 })),
    state: () => command(({ transaction }) => findDestination(transaction, id)),
    hurry: () => sql`update webhooks set due_at = now() - interval '1 second' where destination_id = ${id} and state = 'queued'`,
  };
}
const headersOf = ({ request }: Posted) => request.headers;

describe('an outbound webhook (§11.5)', () => {
  it('§11.5 is signed as Standard Webhooks says, and its library believes it', async () => {
    const { secret, buy, round } = await open();
    await buy('o-1');
    expect(await round()).toBe(1);
    const [first] = posted;
    expect(new Webhook(secret).verify(first!.request.body!, headersOf(first!))).toMatchObject({ type: 'purchase', data: { customer: { externalId: 'c-1' }, properties: { orderId: 'o-1' } } });
    expect(headersOf(first!)['webhook-id']).toMatch(/^wbh_/);
    expect(first!.request.body).not.toContain('zoe@');
  });

  it('§11.5 leaves for what the product itself writes too, in the transaction of the burst, and not for history', async () => {
    const { workspaceId, buy, round } = await open();
    await publishJourney(sql, workspaceId, {
      key: 'tells', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'afterExit' }, next: 'e' },
      nodes: [{ id: 'e', kind: 'emitEvent', settings: { type: 'stage.reached', properties: { stage: 'two' } }, next: {} }],
    });
    await buy('o-1');
    await buy('old', { historical: true });
    await buy('bad', { properties: { orderId: 'bad', amountMinor: 1, currency: 'USD' } });
    while ((await routeOnce(engine, workspaceId)) > 0);
    expect(await round()).toBe(2);
    expect(posted.map(({ said }) => said['type']).sort()).toEqual(['purchase', 'stage.reached']);
    expect(await round()).toBe(0);
  });

  it('§11.5 is tried again under the same id and with the same bytes, later each time, and every attempt is in the log', async () => {
    const { buy, round, log, hurry, state } = await open();
    await buy('o-1');
    answers = [answered(500), { kind: 'failed', reason: 'http.timeout' }];
    for (const attempts of [1, 2, 3]) {
      expect(await round()).toBe(1);
      expect(await round()).toBe(0);
      expect(await log()).toMatchObject([{ attempts, state: attempts === 3 ? 'delivered' : 'queued' }]);
      if (attempts < 3) expect((await state())?.failingSince).toBeInstanceOf(Date);
      await hurry();
    }
    expect(new Set(posted.map(({ id, request }) => `${id} ${request.body}`)).size).toBe(1);
    expect((await log())[0]?.history).toMatchObject([{ status: 500, reason: { code: 'http.status', figures: { status: 500 } } }, { status: null, reason: { code: 'http.timeout' } }, { status: 204, reason: null }]);
    expect(await state()).toMatchObject({ failingSince: null, waiting: 0, failed: 0, takenAt: expect.any(Date) });
  });

  it('§11.5 ends as failed after the last attempt, and is sent again by hand, one or all, under its id', async () => {
    const { id, buy, round, log, hurry, state, command } = await open();
    await buy('o-1');
    answers = Array.from({ length: WEBHOOK_ATTEMPTS }, () => answered(500));
    for (let attempt = 1; attempt <= WEBHOOK_ATTEMPTS; attempt += 1) {
      await round();
      await hurry();
    }
    expect(await state()).toMatchObject({ waiting: 0, failed: 1 });
    expect(await command((context) => replayWebhooks(context, id, undefined))).toEqual({ queued: 1 });
    expect(await round()).toBe(1);
    expect(await log()).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect((await log())[0]?.history).toHaveLength(WEBHOOK_ATTEMPTS + 1);
    expect(await command((context) => replayWebhooks(context, id, [parseId('webhook', posted[0]!.id)!]))).toEqual({ queued: 1 });
    await round();
    expect(new Set(posted.map((each) => each.id)).size).toBe(1);
    await expect(command((context) => replayWebhooks(context, id, ['0197a3c2-5b1e-7c3d-8e4f-9a0b1c2d3e4f']))).rejects.toMatchObject({ code: 'webhook.unknown' });
  });

  it('§11.5 is signed with both secrets for as long as they overlap', async () => {
    const { id, secret, buy, round, command } = await open();
    const { secret: next } = await command((context) => rotateSecret(context, TEST_SECRET, id, 24));
    await buy('o-1');
    await round();
    for (const each of [secret, next]) expect(() => new Webhook(each).verify(posted[0]!.request.body!, headersOf(posted[0]!))).not.toThrow();
    const { secret: last } = await command((context) => rotateSecret(context, TEST_SECRET, id, 0));
    await buy('o-2');
    await round();
    expect(headersOf(posted[1]!)['webhook-signature']?.split(' ')).toHaveLength(1);
    expect(() => new Webhook(last).verify(posted[1]!.request.body!, headersOf(posted[1]!))).not.toThrow();
    expect(JSON.stringify(await sql`select * from destinations`)).not.toContain(secret.slice(6));
  });

  it('§11.5 waits while its destination is paused, and leaves when it goes on', async () => {
    const { id, buy, round, command } = await open();
    await command((context) => switchDestination(context, id, 'pause'));
    await buy('o-1');
    expect(await round()).toBe(0);
    expect(await sql`select * from destinations_due() where destination_id = ${id}`).toHaveLength(0);
    await command((context) => switchDestination(context, id, 'resume'));
    expect(await sql`select * from destinations_due() where destination_id = ${id}`).toHaveLength(1);
    expect(await round()).toBe(1);
  });

  it('§11.5 disables a destination that took nothing for five days, says so in the log of changes, and keeps what waits', async () => {
    const { id, workspaceId, buy, round, state, command } = await open();
    await buy('o-1');
    answers = [answered(500), answered(500)];
    await round();
    await sql`update destinations set failing_since = now() - interval '5 days 1 minute' where id = ${id}`;
    await buy('o-2');
    expect(await round(), 'a failing one is asked with one at a time').toBe(1);
    expect(await state()).toMatchObject({ state: 'disabled', reason: { code: 'webhook.failing', figures: { days: 5 } }, waiting: 2 });
    expect(await sql`select actor, action from audit_lines where workspace_id = ${workspaceId} and action = 'destination.disable'`).toMatchObject([{ actor: 'webhooks' }]);
    await buy('o-3');
    expect(await round()).toBe(0);
    await command((context) => testDestination(context, id));
    expect(await round(), 'a test leaves all the same').toBe(1);
    expect(posted.at(-1)?.said).toMatchObject({ type: 'webhook.test' });
    await command((context) => switchDestination(context, id, 'resume'));
    expect(await round()).toBe(3);
    expect(await state()).toMatchObject({ state: 'active', reason: null, waiting: 0 });
  });

  it('§11.5 disables a destination at once that says it is gone', async () => {
    const { buy, round, state } = await open();
    await buy('o-1');
    answers = [answered(410)];
    await round();
    expect(await state()).toMatchObject({ state: 'disabled', reason: { code: 'webhook.gone' }, failed: 1 });
  });

  it('a test is tried once and says nothing of its destination', async () => {
    const { id, round, log, state, command } = await open();
    await command((context) => testDestination(context, id));
    answers = [answered(500)];
    expect(await round()).toBe(1);
    expect(await log()).toMatchObject([{ state: 'failed', type: 'webhook.test', eventId: null }]);
    expect(await state()).toMatchObject({ failingSince: null });
  });

  it('§11.5 is posted again under the same id when its sender was killed with the answer on its way, and the dead one records nothing', async () => {
    const { buy, round, log, id } = await open();
    await buy('o-1');
    let release = (): void => {};
    const dead = round(async (request, key) => { await new Promise<void>((resolve) => { release = resolve; }); return send(request, key); });
    await expect.poll(async () => (await log())[0]?.state).toBe('sending');
    expect(await round()).toBe(0);
    await sql`update webhooks set lease_until = now() - interval '1 second' where destination_id = ${id}`;
    expect(await round()).toBe(1);
    release();
    await dead;
    expect(await log()).toMatchObject([{ state: 'delivered', attempts: 2, history: [{ status: 204 }] }]);
    expect(new Set(posted.map((each) => each.id)).size).toBe(1);
  });

  it('is one post of two senders at once', async () => {
    const { buy, round } = await open();
    for (const order of ['a', 'b', 'c']) await buy(order);
    const counts = await Promise.all([round(), round()]);
    expect(counts[0]! + counts[1]!).toBe(3);
    expect(new Set(posted.map((each) => each.id)).size).toBe(3);
  });

  it('goes to the new address and of the new types once the destination is changed, and nowhere once it is taken away', async () => {
    const { id, buy, round, command, workspaceId } = await open();
    await command((context) => changeDestination(context, id, { ...INPUT, address: 'https://other.example.com/', types: ['stage.reached'] }));
    await buy('o-1');
    expect(await round()).toBe(0);
    await command((context) => changeDestination(context, id, { ...INPUT, address: 'https://other.example.com/' }));
    await buy('o-2');
    await round();
    expect(posted.map(({ request }) => request.address)).toEqual(['https://other.example.com/']);
    await command((context) => deleteDestination(context, id));
    await buy('o-3');
    expect(await round()).toBe(0);
    expect(await sql`select id from webhooks where workspace_id = ${workspaceId}`).toHaveLength(0);
  });

  it('is pruned a month after it ended, and ends when nobody put its destination right for a month', async () => {
    const { buy, round, log, id } = await open();
    await buy('o-1');
    await round();
    await buy('o-2');
    await sql`update webhooks set ended_at = now() - interval '31 days' where destination_id = ${id} and state = 'delivered'`;
    await sql`update webhooks set created_at = now() - interval '31 days', due_at = now() - interval '2 days' where destination_id = ${id} and state = 'queued'`;
    await sql`select prune_webhooks()`;
    expect(await log()).toMatchObject([{ state: 'failed', history: [{ reason: { code: 'webhook.tooOld' } }] }]);
  });

  it('§11.5 names its time in the header, so that an old one replayed by a stranger is refused', () => {
    const signed = signWebhook({ id: 'wbh_1', body: '{}', at: new Date(Date.now() - 600_000) }, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']);
    expect(() => new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').verify('{}', signed)).toThrow(/too old/);
  });
});
