import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';
import { webhooksOnce } from '#engine/webhooks/send-webhooks.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('hooked');
  call = api.callerOf(await api.makeKey(workspaceId));
});
afterAll(() => api.close());

const INPUT = { name: 'Desk', address: 'https://desk.example.com/in', types: ['purchase'] };
const buy = (id: string) => call('POST', '/events', { id, type: 'purchase', customer: { externalId: 'c' }, properties: { orderId: id, amountMinor: 100, currency: 'EUR' } });

describe('destinations by the API', () => {
  it('§11.5 show a secret once, send, log and send again, and leave a line in the log of changes for each command', async () => {
    const { status, body } = await call('POST', '/destinations', INPUT);
    expect([status, body['secret']]).toEqual([201, expect.stringMatching(/^whsec_/)]);
    const path = `/destinations/${String(body['id'])}`;
    const due = { workspaceId, destinationId: parseId('destination', String(body['id']))! };
    expect(JSON.stringify((await call('GET', path)).body)).not.toContain('whsec_');
    await buy('o-1');
    expect((await call('GET', '/destinations')).body['items']).toMatchObject([{ name: 'Desk', state: 'active', waiting: 1, failed: 0, takenAt: null }]);
    expect((await call('POST', `${path}/pause`)).body).toMatchObject({ state: 'paused' });
    expect((await call('POST', `${path}/resume`)).body).toMatchObject({ state: 'active' });
    const told: string[] = [];
    await webhooksOnce(api.engine, due, async ({ body: said }) => { told.push(said ?? ''); return { kind: 'answered', status: 200, body: null, retryAfterSeconds: null }; });
    expect(JSON.parse(told[0]!)).toMatchObject({ type: 'purchase', data: { sandbox: true, customer: { externalId: 'c' } } });
    const log = (await call('GET', `${path}/webhooks?state=delivered`)).body['items'];
    expect(log).toMatchObject([{ type: 'purchase', state: 'delivered', nextAt: null, history: [{ status: 200, reason: null }] }]);
    const [{ id }] = log as [{ id: string }];
    expect((await call('POST', `${path}/replay`, { ids: [id] })).body).toEqual({ queued: 1 });
    expect(await call('POST', `${path}/replay`, { ids: [id] })).toMatchObject({ status: 404, body: { code: 'webhook.unknown' } });
    expect((await call('POST', `${path}/replay`, {})).body).toEqual({ queued: 0 });
    expect((await call('POST', `${path}/test`)).status).toBe(202);
    expect((await call('POST', `${path}/rotate`, { overlapHours: 1 })).body['secret']).not.toBe(body['secret']);
    expect((await call('GET', path)).body['previousSecretUntil']).not.toBeNull();
    expect((await call('PUT', path, { ...INPUT, name: 'Office' })).body).toMatchObject({ name: 'Office' });
    expect((await call('DELETE', path)).body).toEqual({ deleted: true });
    expect((await call('GET', path)).status).toBe(404);
    const lines = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ action: string; after: unknown }[]>`select action, before, after from audit_lines where action like 'destination.%' order by id`);
    expect(lines.map(({ action }) => action.split('.')[1])).toEqual(['create', 'pause', 'resume', 'replay', 'test', 'rotate', 'change', 'delete']);
    expect(JSON.stringify(lines)).not.toMatch(/whsec_|\/in"/);
  });

  it('§11.5 refuse an address that is no host on the internet, and types that are none, saying where', async () => {
    const refused = await call('POST', '/destinations', { ...INPUT, address: 'http://10.0.0.1/', types: ['Every thing'] });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: ['body', 'address'], message: expect.stringContaining('https://') }, { path: ['body', 'types', 0] }] } });
    expect((await call('POST', '/destinations', { ...INPUT, types: [] })).status).toBe(422);
  });

  it('need a scope of their own, which viewers have for reading alone', async () => {
    const reader = api.callerOf(await api.makeKey(workspaceId, ['webhooks:read']));
    expect((await reader('GET', '/destinations')).status).toBe(200);
    expect(await reader('POST', '/destinations', INPUT)).toMatchObject({ status: 403, body: { code: 'scope.missing' } });
    expect((await api.callerOf(await api.makeKey(workspaceId, ['settings:write']))('GET', '/destinations')).status).toBe(403);
  });
});
