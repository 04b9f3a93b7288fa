import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SessionCaller } from '#app/api/handle-request.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';
import { createMember } from '#db/create-member.ts';
import { findMembership } from '#db/queries/memberships.ts';
import { verifyPassword } from '#db/passwords.ts';
import { formatId } from '#domain/shared/ids.ts';
import { ROLE_SCOPES, ROLES, type Role } from '#engine/commands/roles.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let workspaceId: string;
let otherId: string;
let owner: { userId: string };
let call: Call;

/** Requests of somebody at a page: the key that the harness sends is taken away, and the session answers. */
function callerAs(role: Role, storeIds: string[] | null = null): Call {
  const session: SessionCaller = { userId: 'u-1', workspaceId, scopes: ROLE_SCOPES[role], storeIds };
  return api.callerOf('', { session: async () => session });
}
const withoutKey = { authorization: '' };

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('members');
  otherId = await api.makeWorkspace('elsewhere');
  owner = await createMember(api.database, { workspaceId, email: 'Ada@Example.org', name: 'Ada', role: 'owner' });
  call = api.callerOf(await api.makeKey(workspaceId));
});
afterAll(() => api.close());

describe('the workspace', () => {
  it('takes back what was read of it, changed, and says of what is fixed that it is', async () => {
    const { body } = await call('GET', '/workspace');
    expect(await call('PUT', '/workspace', { ...body, brand: 'Les Grands' })).toMatchObject({ status: 200, body: { ...body, brand: 'Les Grands' } });
    const refused = await call('PUT', '/workspace', { ...body, currency: 'CHF', timeZone: 'Europe/Zurich' });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ code: 'workspace.fixed', path: ['body', 'currency'] }, { code: 'workspace.fixed', path: ['body', 'timeZone'] }] } });
  });
});

describe('members', () => {
  it('get an account with a first password that is answered once and kept as a hash', async () => {
    const { status, body } = await call('POST', '/members', { email: 'bo@example.org', name: 'Bo', role: 'viewer' });
    expect(status).toBe(201);
    const [account] = await api.database<{ password: string }[]>`select password from auth_accounts where user_id = ${String(body['userId'])}`;
    expect(await verifyPassword({ hash: account?.password ?? '', password: String(body['password']) })).toBe(true);
    expect(await verifyPassword({ hash: account?.password ?? '', password: 'something else' })).toBe(false);
  });

  it('keep their account and password when another workspace takes them in', async () => {
    const second = await createMember(api.database, { workspaceId: otherId, email: 'ada@example.org', name: 'Somebody', role: 'viewer' });
    expect(second).toEqual({ userId: owner.userId, password: null });
  });

  it('never lose their last owner', async () => {
    expect((await call('PUT', `/members/${owner.userId}`, { role: 'viewer' })).body['code']).toBe('member.lastOwner');
    expect((await call('DELETE', `/members/${owner.userId}`)).body['code']).toBe('member.lastOwner');
    expect((await findMembership(api.database, owner.userId, workspaceId))?.role).toBe('owner');
  });

  it('of another workspace are unknown here', async () => {
    const { userId } = await createMember(api.database, { workspaceId: otherId, email: 'cy@example.org', name: 'Cy', role: 'owner' });
    expect((await call('PUT', `/members/${userId}`, { role: 'viewer' })).status).toBe(404);
    expect((await call('DELETE', `/members/${userId}`)).status).toBe(404);
    const { items } = z.object({ items: z.array(z.object({ userId: z.string() })) }).parse((await call('GET', '/members')).body);
    expect(items.map((item) => item.userId)).not.toContain(userId);
  });

  it('are merchants of one store at least, which must be there', async () => {
    expect((await call('POST', '/members', { email: 'di@example.org', name: 'Di', role: 'merchant' })).status).toBe(422);
    expect((await call('POST', '/members', { email: 'di@example.org', name: 'Di', role: 'viewer', storeIds: [formatId('store', otherId)] })).status).toBe(422);
    expect((await call('POST', '/members', { email: 'di@example.org', name: 'Di', role: 'merchant', storeIds: [formatId('store', otherId)] })).status).toBe(422);
    const store = await call('PUT', '/stores/lyon', { name: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
    expect((await call('POST', '/members', { email: 'di@example.org', name: 'Di', role: 'merchant', storeIds: [store.body['id']] })).status).toBe(201);
  });
});

describe('roles', () => {
  it.each(ROLES)('let a %s do exactly what the table says, on every route', async (role) => {
    const ask = callerAs(role);
    for (const route of ALL_ROUTES) {
      const path = route.path.replace(/\{\w+\}/g, 'nothing');
      const { body } = await ask(route.method, path, ['GET', 'DELETE'].includes(route.method) ? undefined : '[', withoutKey);
      expect(body['code'] === 'scope.missing', `${role}: ${route.method} ${route.path} needs ${route.scope}`).toBe(![route.scope, route.orScope].some((scope) => scope !== undefined && ROLE_SCOPES[role].includes(scope)));
    }
  });

  it('let a merchant post events of their own stores only', async () => {
    const mine = await call('PUT', '/stores/paris', { name: 'Paris', country: 'FR', timeZone: 'Europe/Paris' });
    await call('PUT', '/stores/nantes', { name: 'Nantes', country: 'FR', timeZone: 'Europe/Paris' });
    const [row] = await api.database.begin(async (transaction) => {
      await transaction`select set_config('app.workspace_id', ${workspaceId}, true)`;
      return transaction<{ id: string }[]>`select id from stores where external_id = 'paris'`;
    });
    expect(mine.status).toBe(201);
    const merchant = callerAs('merchant', [row?.id ?? '']);
    const sale = (id: string, store?: string) => ({ id, type: 'purchase', ...(store && { store }), customer: { email: 'shopper@example.org' }, properties: { orderId: id, amountMinor: 1_000, currency: 'EUR' } });
    expect((await merchant('POST', '/events', sale('m-1', 'paris'), withoutKey)).status).toBe(202);
    expect((await merchant('POST', '/events', sale('m-2', 'nantes'), withoutKey)).body['code']).toBe('store.notYours');
    expect((await merchant('POST', '/events', [sale('m-3', 'paris'), sale('m-5', 'nantes')], withoutKey)).body['code']).toBe('store.notYours');
    // Whoever has one store alone need not name it; whoever has several does.
    expect((await merchant('POST', '/events', [sale('m-4')], withoutKey)).status).toBe(202);
    const [other] = await api.database.begin(async (transaction) => {
      await transaction`select set_config('app.workspace_id', ${workspaceId}, true)`;
      return transaction<{ id: string }[]>`select id from stores where external_id = 'nantes'`;
    });
    expect((await callerAs('merchant', [row?.id ?? '', other?.id ?? ''])('POST', '/events', sale('m-6'), withoutKey)).body['code']).toBe('store.notYours');
  });
});
