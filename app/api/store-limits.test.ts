import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SessionCaller } from '#app/api/handle-request.ts';
import { STORE_RULES, storeRuleOf } from '#app/api/store-limits.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';
import { inWorkspace } from '#db/connection.ts';
import { formatId, parseId } from '#domain/shared/ids.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';
import { ROLE_SCOPES } from '#engine/commands/roles.ts';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let workspaceId: string;
let call: Call;
/** Of Lyon alone. */
let merchant: Call;
/** Acts for Lyon with every scope: what is refused to it is refused by the stores, not by the role. */
let anything: Call;
const ids: Record<'lyon' | 'served' | 'attached' | 'elsewhere', string> = { lyon: '', served: '', attached: '', elsewhere: '' };
let messageOfElsewhere = '';

const Items = z.object({ items: z.array(z.object({ id: z.string() })) });
const must = async (...request: Parameters<Call>): Promise<Record<string, unknown>> => {
  const { status, body } = await call(...request);
  expect({ request, status, body: status < 300 ? 'fine' : body }).toMatchObject({ body: 'fine' });
  return body;
};
const purchase = (id: string, store: string, externalId: string) => ({ id, type: 'purchase', store, customer: { externalId }, properties: { orderId: id, amountMinor: 1_000, currency: 'EUR' } });

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('stores');
  call = api.callerOf(await api.makeKey(workspaceId));
  for (const store of ['lyon', 'nantes']) await must('PUT', `/stores/${store}`, { name: store, country: 'FR', timeZone: 'Europe/Paris' });
  const stores = z.object({ items: z.array(z.object({ id: z.string(), externalId: z.string() })) }).parse(await must('GET', '/stores')).items;
  ids.lyon = parseId('store', stores.find(({ externalId }) => externalId === 'lyon')?.id ?? '') ?? '';
  await must('PUT', '/templates/thanks', { name: 'Thanks', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' } } } });
  const journey = await must('POST', '/journeys', { formatVersion: 1, key: 'j', name: 'J', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'mail' }, nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'transactional' } }] });
  await must('POST', `/journeys/${String(journey['id'])}/publish`, {});
  const make = async (externalId: string, profile: object) => String((await must('PUT', '/customers', { identifiers: { externalId, email: `${externalId}@example.org` }, profile: { firstName: externalId, ...profile } }))['id']);
  ids.served = await make('served', {});
  ids.attached = await make('attached', { storeId: ids.lyon });
  ids.elsewhere = await make('elsewhere', {});
  await must('POST', '/events', [purchase('s-1', 'lyon', 'served'), purchase('e-1', 'nantes', 'elsewhere')]);
  while ((await routeOnce(api.engine, workspaceId)) > 0);
  messageOfElsewhere = Items.parse(await must('GET', `/customers/${ids.elsewhere}/messages`)).items[0]?.id ?? '';
  const asPerson = (scopes: SessionCaller['scopes']): Call => {
    const ask = api.callerOf('', { session: async () => ({ userId: 'm-1', workspaceId, scopes, storeIds: [ids.lyon] }) });
    return (method, path, body) => ask(method, path, body, { authorization: '' });
  };
  [merchant, anything] = [asPerson(ROLE_SCOPES.merchant), asPerson(SCOPE_NAMES)];
});
afterAll(() => api.close());

describe('§11.8 whoever acts for some stores', () => {
  it('finds the customers attached to them or served by them, and nobody else', async () => {
    const found = async (body: object) => Items.parse((await merchant('POST', '/customers/search', body)).body).items.map(({ id }) => id).sort();
    expect(await found({})).toEqual([ids.served, ids.attached].sort());
    expect(await found({ name: 'elsewhere' })).toEqual([]);
    expect(await found({ identifier: { kind: 'email', value: 'elsewhere@example.org' } })).toEqual([]);
    expect(await found({ identifier: { kind: 'email', value: 'served@example.org' } })).toEqual([ids.served]);
    expect(Items.parse((await call('POST', '/customers/search', {})).body).items).toHaveLength(3);
  });

  it.each(ALL_ROUTES.filter((route) => storeRuleOf(route) === 'customer').map(({ method, path }) => ({ method, path })))('hears on $method $path that a customer of another store is unknown', async ({ method, path }) => {
    const bodies: Record<string, unknown> = {
      'POST /tasks': { customerId: ids.elsewhere, title: 'x', storeId: formatId('store', ids.lyon) }, 'PUT /customers/{customerId}/attributes': { set: { a: 1 } },
      'PUT /customers/{customerId}/consents': { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'x' }] }, 'PUT /customers/{customerId}/location-consent': { state: 'granted', source: 'x' },
    };
    const address = path === '/vouchers' ? `/vouchers?customerId=${ids.elsewhere}` : path.replace('{customerId}', ids.elsewhere).replace(/\{(\w+)Id\}/g, (_, kind) => formatId(kind, ids.lyon));
    const { status, body } = await anything(method, address, method === 'GET' || method === 'DELETE' ? undefined : (bodies[`${method} ${path}`] ?? {}));
    // Some bodies are not worth writing out here: they are refused before anybody is looked up.
    if (status === 422) expect(JSON.stringify(body)).not.toContain('elsewhere@');
    else expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'customer.unknown' });
  });

  it('reads a customer of their own on every page of the card', async () => {
    for (const id of [ids.served, ids.attached]) {
      for (const part of ['', '/balances', '/messages', '/timeline', '/pressure', '/relatives', '/contracts', '/location-consent', '/push-subscriptions']) expect({ part, status: (await merchant('GET', `/customers/${id}${part}`)).status }).toEqual({ part, status: 200 });
    }
    expect((await merchant('GET', `/vouchers?customerId=${ids.served}`)).status).toBe(200);
    expect((await merchant('GET', '/customers/by-external-id/served')).status).toBe(200);
  });

  it('reads neither the messages of others, nor others by their number, nor all vouchers at once', async () => {
    expect(messageOfElsewhere).toMatch(/^msg_/);
    expect((await merchant('GET', `/messages/${messageOfElsewhere}`)).body['code']).toBe('message.unknown');
    expect((await merchant('GET', '/customers/by-external-id/elsewhere')).body['code']).toBe('customer.unknown');
    expect((await merchant('GET', '/vouchers')).body['code']).toBe('customer.unknown');
  });

  it('is refused on every route that the table does not name, whatever the role', async () => {
    for (const route of ALL_ROUTES.filter((one) => storeRuleOf(one) === null)) {
      const { body } = await anything(route.method, route.path.replace(/\{(\w+)\}/g, 'x'), ['GET', 'DELETE'].includes(route.method) ? undefined : '[');
      expect({ route: `${route.method} ${route.path}`, code: body['code'] }).toEqual({ route: `${route.method} ${route.path}`, code: 'store.beyond' });
    }
  });

  it('names only routes that there are', () => {
    const there = new Set(ALL_ROUTES.map(({ method, path }) => `${method} ${path}`));
    expect(Object.keys(STORE_RULES).filter((route) => !there.has(route))).toEqual([]);
  });

  it('sees from now on whom they serve: by an event, a visit at a place of theirs, or by enrolling them at the till', async () => {
    const visitor = String((await must('PUT', '/customers', { identifiers: { externalId: 'visitor' } }))['id']);
    await must('PUT', '/places/window', { name: 'Window', kind: 'qr', store: 'lyon' });
    expect((await merchant('GET', `/customers/${visitor}`)).status).toBe(404);
    await must('POST', '/places/window/visits', { customer: { externalId: 'visitor' } });
    expect((await merchant('GET', `/customers/${visitor}`)).status).toBe(200);
    expect((await merchant('POST', '/events', purchase('s-2', 'lyon', 'elsewhere'))).status).toBe(202);
    expect((await merchant('GET', `/customers/${ids.elsewhere}`)).status).toBe(200);
    const enrolled = await merchant('POST', '/till/enrol', { identifiers: { email: 'new@example.org' }, store: 'lyon' });
    const { customer } = z.object({ customer: z.object({ id: z.string() }) }).parse(enrolled.body);
    expect((await merchant('GET', `/customers/${customer.id}`)).status).toBe(200);
    const other = await merchant('POST', '/till/enrol', { identifiers: { email: 'other@example.org' }, store: 'nantes' });
    const lines = await inWorkspace(api.database, workspaceId, (transaction) => transaction`select from customer_stores where customer_id = ${parseId('customer', z.object({ customer: z.object({ id: z.string() }) }).parse(other.body).customer.id)}`);
    expect(lines).toHaveLength(0);
  });
});
