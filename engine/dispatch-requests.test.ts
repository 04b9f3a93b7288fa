import { beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import type { Attempt } from '#domain/requests/retry.ts';
import type { OutboundRequest } from '#providers/send-request.ts';
import { buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { deleteSecret, putSecret } from './commands/put-secret.ts';
import { requestOnce } from './dispatch-requests.ts';
import { ingestEvents } from './ingest-events.ts';
import { routeOnce } from './route-events.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

const drawn = (settings: Record<string, unknown> = {}, exits: unknown[] = []) => ({
  key: 'asks', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'afterExit' }, next: 'a' }, exits,
  nodes: [
    { id: 'a', kind: 'httpRequest', settings: { method: 'POST', address: 'https://erp.example.com/{{ customer.id }}', body: '{"page":"{{ event.properties.page }}"}', ...settings }, next: { next: 'yes', error: 'no' } },
    { id: 'yes', kind: 'setAttribute', settings: { attribute: 'asked', value: 'yes' }, next: {} }, { id: 'no', kind: 'setAttribute', settings: { attribute: 'asked', value: 'no' }, next: {} },
  ],
});

let asked: { request: OutboundRequest; key: string }[];
let answers: Attempt[];
const send = async (request: OutboundRequest, key: string): Promise<Attempt> => {
  asked.push({ request, key });
  return answers.shift() ?? { kind: 'answered', status: 200, body: { vip: true }, retryAfterSeconds: null };
};
beforeEach(() => { asked = []; answers = []; });

const settle = async (id: string): Promise<void> => { while ((await routeOnce(engine, id)) > 0); };
async function visit(kind: 'live' | 'sandbox', settings?: Record<string, unknown>, exits?: unknown[]): Promise<string> {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', kind, ...(kind === 'sandbox' ? { standsAt: '2026-06-15T10:00:00.000Z' } : {}) });
  await publishJourney(sql, id, drawn(settings, exits));
  await ingestEvents(engine, id, [{ id: 'v', type: 'visit', customer: { card: 'c' }, properties: { page: 'boots' } }]);
  await settle(id);
  return id;
}
const rowOf = async (id: string) => (await sql`select state, attempts, status, reason, body, retry_at > now() as later from http_requests where workspace_id = ${id}`)[0];
const stageOf = async (id: string) => (await sql`select profile -> 'attributes' ->> 'asked' as asked from customers where workspace_id = ${id}`)[0]?.['asked'];

describe('an HTTP request in a live workspace (§4.3)', () => {
  it('leaves once with its key, and its answer is an event of the customer, one deeper', async () => {
    const id = await visit('live');
    expect(await rowOf(id)).toMatchObject({ state: 'queued', body: '{"page":"boots"}' });
    expect(await requestOnce(engine, id, send)).toBe(1);
    expect(await requestOnce(engine, id, send)).toBe(0);
    expect(asked).toMatchObject([{ key: expect.stringMatching(/^[0-9a-f-]{36}:a:1$/), request: { method: 'POST', address: expect.stringMatching(/^https:\/\/erp\.example\.com\/[0-9a-f-]{36}$/), body: '{"page":"boots"}', timeoutSeconds: 10 } }]);
    expect(await sql`select type, depth, source, properties -> 'body' as body, properties -> 'ok' as ok from events where workspace_id = ${id} and type = 'http.answered'`).toMatchObject([{ depth: 1, source: 'system', body: { vip: true }, ok: true }]);
    await settle(id);
    expect(await stageOf(id)).toBe('yes');
    expect(await rowOf(id)).toMatchObject({ state: 'answered', status: 200, attempts: 1 });
    expect(await sql`select kind, data from traces where workspace_id = ${id} and kind = 'request'`).toMatchObject([{ data: { code: 'http.answered', ok: true, status: 200, attempts: 1 } }]);
  });

  it('is made again, later, when the server is busy, and at last takes the error way (§7.5)', async () => {
    const id = await visit('live');
    answers = [{ kind: 'answered', status: 503, body: null, retryAfterSeconds: null }, { kind: 'failed', reason: 'http.unreachable' }, { kind: 'answered', status: 404, body: { why: 'gone' }, retryAfterSeconds: null }];
    await requestOnce(engine, id, send);
    expect(await rowOf(id)).toMatchObject({ state: 'queued', attempts: 1, later: true, reason: { code: 'http.status', figures: { status: 503 } } });
    expect(await requestOnce(engine, id, send)).toBe(0);
    for (const attempts of [2, 3]) {
      await sql`update http_requests set retry_at = now() - interval '1 second' where workspace_id = ${id}`;
      expect(await requestOnce(engine, id, send)).toBe(1);
      expect(await rowOf(id)).toMatchObject({ attempts });
    }
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
    await settle(id);
    expect(await stageOf(id)).toBe('no');
  });

  it('is asked again under the same key when its dispatcher was killed with the answer on its way, and the dead one records nothing', async () => {
    const id = await visit('live');
    let release = (): void => {};
    const dead = requestOnce(engine, id, async (request, key) => { await new Promise<void>((resolve) => { release = resolve; }); return send(request, key); });
    await expect.poll(async () => (await rowOf(id))?.['state']).toBe('sending');
    expect(await requestOnce(engine, id, send)).toBe(0);
    await sql`update http_requests set lease_until = now() - interval '1 second' where workspace_id = ${id}`;
    expect(await requestOnce(engine, id, send)).toBe(1);
    release();
    await dead;
    expect(await sql`select count(*)::int as count from events where workspace_id = ${id} and type = 'http.answered'`).toMatchObject([{ count: 1 }]);
    expect(await rowOf(id)).toMatchObject({ state: 'answered', attempts: 2 });
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
  });

  it('is one request of two dispatchers at once', async () => {
    const id = await visit('live');
    await Promise.all([requestOnce(engine, id, send), requestOnce(engine, id, send), requestOnce(engine, id, send)]);
    expect(asked).toHaveLength(1);
  });

  it('rests while its journey is paused (§8.4), and is withdrawn with the person who leaves (§2.6)', async () => {
    const id = await visit('live', {}, [{ on: 'event', event: { type: 'bye' } }]);
    await sql`update journeys set status = 'paused' where workspace_id = ${id}`;
    expect(await requestOnce(engine, id, send)).toBe(0);
    await sql`update journeys set status = 'live' where workspace_id = ${id}`;
    await ingestEvents(engine, id, [{ id: 'b', type: 'bye', customer: { card: 'c' } }]);
    await settle(id);
    expect(await rowOf(id)).toMatchObject({ state: 'withdrawn', reason: { code: 'withdrawn.exited' } });
    expect(await requestOnce(engine, id, send)).toBe(0);
    expect(asked).toEqual([]);
  });

  it('is not made again for whoever left while it was under way (§2.6)', async () => {
    const id = await visit('live', {}, [{ on: 'event', event: { type: 'bye' } }]);
    await requestOnce(engine, id, async (request, key) => {
      await ingestEvents(engine, id, [{ id: 'b', type: 'bye', customer: { card: 'c' } }]);
      await settle(id);
      await send(request, key);
      return { kind: 'answered', status: 503, body: null, retryAfterSeconds: null };
    });
    expect(await rowOf(id)).toMatchObject({ state: 'withdrawn', attempts: 1, reason: { code: 'withdrawn.exited' } });
    await sql`update http_requests set retry_at = now() - interval '1 second' where workspace_id = ${id}`;
    expect(await requestOnce(engine, id, send)).toBe(0);
  });

  it('carries a secret that only its header names, sealed where it is kept; without it nothing leaves', async () => {
    const id = await visit('live', { headers: [{ name: 'Authorization', value: 'Bearer {{ secret.crm }}' }] });
    expect(await requestOnce(engine, id, send)).toBe(1);
    expect(asked).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ state: 'failed', reason: { code: 'http.secretMissing' } });
    const command = <T>(work: (context: { transaction: Parameters<Parameters<typeof inWorkspace>[2]>[0]; workspaceId: string; actor: string }) => Promise<T>) =>
      inWorkspace(engine.database, id, (transaction) => work({ transaction, workspaceId: id, actor: 'test' }));
    await command((context) => putSecret(context, engine.secret, { name: 'crm', value: 'hush-hush' }));
    await ingestEvents(engine, id, [{ id: 'v2', type: 'visit', customer: { card: 'd' } }]);
    await settle(id);
    await requestOnce(engine, id, send);
    expect(asked).toMatchObject([{ request: { headers: { authorization: 'Bearer hush-hush' } } }]);
    const kept = await sql`select encode(sealed, 'escape') as text from secrets where workspace_id = ${id}`;
    const said = JSON.stringify([kept, await sql`select * from http_requests where workspace_id = ${id}`, await sql`select * from audit_lines where workspace_id = ${id}`, await sql`select * from traces where workspace_id = ${id}`, await sql`select * from events where workspace_id = ${id}`]);
    expect(said).not.toContain('hush-hush');
    await expect(command((context) => deleteSecret(context, 'crm'))).rejects.toMatchObject({ code: 'secret.inUse' });
  });
});

describe('a sandbox (§12.7)', () => {
  it('never asks outside: the author’s own answer comes back', async () => {
    const id = await visit('sandbox', { sandboxAnswer: { status: 404, body: '{"vip":false}' } });
    expect(await requestOnce(engine, id, send)).toBe(1);
    expect(asked).toEqual([]);
    await settle(id);
    expect(await stageOf(id)).toBe('no');
    expect(await rowOf(id)).toMatchObject({ state: 'answered', status: 404 });
  });
});

describe('a sandbox whose clock stands (§12.7)', () => {
  it('does not keep a request waiting for one of a paused journey', async () => {
    const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', kind: 'sandbox', standsAt: '2026-06-15T10:00:00.000Z' });
    const resting = { ...drawn(), key: 'rests', entry: { ...drawn().entry, trigger: { kind: 'event', event: { type: 'first' } } } };
    await publishJourney(sql, id, resting);
    await publishJourney(sql, id, drawn());
    await ingestEvents(engine, id, [{ id: 'f', type: 'first', customer: { card: 'c' } }]);
    await settle(id);
    await sql`update journeys set status = 'paused' where workspace_id = ${id} and key = 'rests'`;
    await sql`update workspaces set routing_epoch = routing_epoch + 1 where id = ${id}`;
    await ingestEvents(engine, id, [{ id: 'v', type: 'visit', customer: { card: 'c' }, properties: { page: 'boots' } }]);
    await settle(id);
    expect(await requestOnce(engine, id, send)).toBe(1);
    expect((await sql`select state from http_requests where workspace_id = ${id} order by id`).map(({ state }) => state)).toEqual(['queued', 'answered']);
  });
});

describe('a sealed secret', () => {
  it('opens under its own name in its own workspace by its own installation only', () => {
    const sealed = sealSecret('one', 'w1', 'crm', 'text');
    expect(openSecret({ secret: 'one' }, 'w1', 'crm', sealed)).toBe('text');
    for (const [secret, workspace, name] of [['two', 'w1', 'crm'], ['one', 'w2', 'crm'], ['one', 'w1', 'erp']] as const) expect(openSecret({ secret }, workspace, name, sealed)).toBeNull();
    expect(openSecret({ secret: 'one' }, 'w1', 'crm', Buffer.from(sealed.map((byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte))))).toBeNull();
    expect(sealSecret('one', 'w1', 'crm', 'text').equals(sealed)).toBe(false);
  });
});
