import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SessionCaller } from '#app/api/handle-request.ts';
import { storeRuleOf } from '#app/api/store-limits.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';
import { inWorkspace } from '#db/connection.ts';
import { formatId, parseId } from '#domain/shared/ids.ts';
import { ROLE_SCOPES } from '#engine/commands/roles.ts';
import { routeOnce } from '#engine/route-events.ts';
import { loadSimulation } from '#engine/simulations/load-simulation.ts';
import { SimulationRequest } from '#engine/simulations/start-simulation.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let workspaceId: string;
/** Of the brand, without a limit. */
let owner: Call;
let ofLyon: Call;
let ofNantes: Call;
let ofBoth: Call;

const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const sent = async (call: Call, ...request: Parameters<Call>): Promise<Record<string, unknown>> => {
  const { status, body } = await call(...request);
  expect({ request, status, body: status < 300 ? 'fine' : body }).toMatchObject({ body: 'fine' });
  return body;
};
const refusal = async (call: Call, ...request: Parameters<Call>) => {
  const { status, body } = await call(...request);
  return { status, code: body['code'] };
};
const UNKNOWN = { status: 404, code: 'journey.unknown' };
const drawn = (key: string, stores?: string[], steps: object[] = []) => ({
  formatVersion: 1, key, name: key, entry: { trigger: { kind: 'event', event: { type: 'purchase' }, ...(stores && { stores }) }, reentry: { mode: 'onceEver' }, next: 'mail' },
  nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'transactional' } }, ...steps],
});
const ids: Record<'lyon' | 'nantes' | 'both' | 'anywhere', string> = { lyon: '', nantes: '', both: '', anywhere: '' };
const customers: Record<'lyonnais' | 'nantais', string> = { lyonnais: '', nantais: '' };
const purchase = (id: string, externalId: string, store?: string) => ({ id, type: 'purchase', ...(store && { store }), customer: { externalId }, properties: { orderId: id, amountMinor: 1_000, currency: 'EUR', shelf: store ?? 'none' } });

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('store-journeys');
  owner = api.callerOf(await api.makeKey(workspaceId));
  for (const store of ['lyon', 'nantes']) await sent(owner, 'PUT', `/stores/${store}`, { name: store, country: 'FR', timeZone: 'Europe/Paris' });
  const stores = z.object({ items: z.array(z.object({ id: z.string(), externalId: z.string() })) }).parse(await sent(owner, 'GET', '/stores')).items;
  const idOf = (key: string) => parseId('store', stores.find(({ externalId }) => externalId === key)?.id ?? '') ?? '';
  const merchantOf = (userId: string, ...keys: string[]): Call => {
    const session = async (): Promise<SessionCaller> => ({ userId, workspaceId, scopes: ROLE_SCOPES.merchant, storeIds: keys.map(idOf) });
    const ask = api.callerOf('', { session });
    return (method, path, body) => ask(method, path, body, { authorization: '' });
  };
  [ofLyon, ofNantes, ofBoth] = [merchantOf('m-lyon', 'lyon'), merchantOf('m-nantes', 'nantes'), merchantOf('m-both', 'lyon', 'nantes')];
  await sent(owner, 'PUT', '/templates/thanks', { name: 'Thanks', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' } } } });
  for (const name of ['lyonnais', 'nantais'] as const) customers[name] = String((await sent(owner, 'PUT', '/customers', { identifiers: { externalId: name, email: `${name}@example.org` }, profile: { firstName: name, city: name, attributes: { [name]: 1 } } }))['id']);
  ids.lyon = String((await sent(ofLyon, 'POST', '/journeys', drawn('lyon', ['lyon'])))['id']);
  ids.nantes = String((await sent(ofNantes, 'POST', '/journeys', drawn('nantes', ['nantes'])))['id']);
  ids.both = String((await sent(ofBoth, 'POST', '/journeys', drawn('both', ['lyon', 'nantes'])))['id']);
  ids.anywhere = String((await sent(owner, 'POST', '/journeys', drawn('anywhere')))['id']);
  for (const [call, id] of [[ofLyon, ids.lyon], [ofNantes, ids.nantes], [ofBoth, ids.both], [owner, ids.anywhere]] as const) await sent(call, 'POST', `/journeys/${id}/publish`, {});
  await sent(owner, 'POST', '/events', [purchase('l-1', 'lyonnais', 'lyon'), purchase('n-1', 'nantais', 'nantes'), purchase('o-1', 'nantais')]);
  while ((await routeOnce(api.engine, workspaceId)) > 0);
});
afterAll(() => api.close());

const keysIn = async (call: Call) => z.object({ items: z.array(z.object({ key: z.string() })) }).parse(await sent(call, 'GET', '/journeys')).items.map(({ key }) => key);

describe('§11.8 merchants and journeys', () => {
  it('take in who acts in their stores, and nobody else', async () => {
    const inside = async (id: string) => z.object({ items: z.array(z.object({ customerId: z.string() })) }).parse(await sent(owner, 'GET', `/journeys/${id}/enrollments`)).items.map(({ customerId }) => customerId).sort();
    expect([await inside(ids.lyon), await inside(ids.nantes), await inside(ids.both)]).toEqual([[customers.lyonnais], [customers.nantais], [customers.lyonnais, customers.nantais].sort()]);
    expect(z.object({ refusedEntries: z.array(z.unknown()) }).parse(await sent(ofLyon, 'GET', `/journeys/${ids.lyon}/report`)).refusedEntries).toEqual([]);
  });

  it('list those of their stores alone; of several stores only to who has them all; the brand sees whose each is', async () => {
    expect([await keysIn(ofLyon), await keysIn(ofNantes), await keysIn(ofBoth)]).toEqual([['lyon'], ['nantes'], ['both', 'lyon', 'nantes']]);
    const all = z.object({ items: z.array(z.object({ key: z.string(), stores: z.array(z.string()).nullable() })) }).parse(await sent(owner, 'GET', '/journeys')).items;
    expect(Object.fromEntries(all.map(({ key, stores }) => [key, stores]))).toEqual({ anywhere: null, both: ['lyon', 'nantes'], lyon: ['lyon'], nantes: ['nantes'] });
    expect(z.object({ items: z.array(z.object({ journeyId: z.string() })) }).parse(await sent(ofLyon, 'GET', '/journeys/activity')).items.map(({ journeyId }) => journeyId)).toEqual([ids.lyon]);
  });

  it.each(ALL_ROUTES.filter((route) => storeRuleOf(route) === 'journey').map(({ method, path }) => ({ method, path })))('are unknown to another store on $method $path', async ({ method, path }) => {
    const bodies: Record<string, unknown> = {
      'PUT /journeys/{journeyId}/draft': { revision: 1, draft: drawn('nantes', ['lyon']) }, 'POST /journeys/{journeyId}/presence': { nodeId: null }, 'POST /journeys/{journeyId}/comments': { nodeId: 'mail', text: 'x' },
      'POST /journeys/{journeyId}/publish/preview': { people: { mode: 'move' } }, 'POST /journeys/{journeyId}/publish/preview/people': { people: { mode: 'move' } }, 'POST /journeys/{journeyId}/late-messages': { decision: 'skip' },
      'POST /journeys/{journeyId}/split-tests/{nodeId}/choose': { branch: null }, 'POST /journeys/{journeyId}/enrollments/{enrollmentId}/remove': { reason: 'x' },
    };
    const fill = (journeyId: string) => path.replace('{journeyId}', journeyId).replace('{number}', '1').replace('{date}', '2026-01-01').replace('{nodeId}', 'mail').replace('{customerId}', customers.lyonnais).replace('{enrollmentId}', formatId('enrollment', parseId('journey', ids.lyon) ?? ''));
    const body = method === 'GET' ? undefined : (bodies[`${method} ${path}`] ?? {});
    for (const journeyId of [ids.nantes, ids.both, ids.anywhere]) expect(await refusal(ofLyon, method, fill(journeyId), body)).toEqual(UNKNOWN);
  });

  it('read their own on every part that the designer asks', async () => {
    for (const part of ['', '/report', '/attributed-sales', '/enrollments', '/days', '/split-tests', '/versions', '/versions/1', `/entry-check/${customers.lyonnais}`, `/path/${customers.lyonnais}`, '/moves', '/late-messages', '/comments', '/trial', `/trial?customerId=${customers.lyonnais}`]) {
      expect({ part, status: (await ofLyon('GET', `/journeys/${ids.lyon}${part}`)).status }).toEqual({ part, status: 200 });
    }
    for (const path of ['/journeys/reach', '/comments/mentions', '/templates', '/templates/thanks', '/pressure-policy', '/stores', '/offers', '/programmes', '/event-types', '/event-types/latest', '/event-types/purchase', '/event-registry', '/audiences/attributes', '/simulations', '/setup', '/clock']) {
      expect({ path, status: (await ofLyon('GET', path)).status }).toEqual({ path, status: 200 });
    }
    expect((await ofLyon('POST', `/journeys/${ids.lyon}/validate`)).body['problems']).toEqual([]);
  });

  it('meet no customer of another store on the way: no path, no trial, no preview of a message', async () => {
    const notTheirs = { status: 404, code: 'customer.unknown' };
    expect(await refusal(ofLyon, 'GET', `/journeys/${ids.lyon}/entry-check/${customers.nantais}`)).toEqual(notTheirs);
    expect(await refusal(ofLyon, 'GET', `/journeys/${ids.lyon}/trial?customerId=${customers.nantais}`)).toEqual(notTheirs);
    expect(await refusal(ofLyon, 'POST', '/templates/thanks/preview', { customerId: customers.nantais })).toEqual(notTheirs);
    expect((await ofLyon('POST', '/templates/thanks/preview', { customerId: customers.lyonnais })).status).toBe(200);
  });

  it('count and learn from their own customers and events alone', async () => {
    const everyone = { condition: { field: 'customer.city', is: 'exists' } };
    const counted = async (call: Call) => z.object({ audience: z.object({ customers: z.number(), inAll: z.number() }) }).parse(await sent(call, 'POST', '/audiences/count', everyone)).audience;
    expect([await counted(ofLyon), await counted(ofBoth), await counted(owner)]).toMatchObject([{ customers: 1, inAll: 1 }, { customers: 2, inAll: 2 }, { customers: 2, inAll: 2 }]);
    expect(await sent(ofLyon, 'GET', '/journeys/reach')).toMatchObject({ customers: 1, email: { withAddress: 1 } });
    const values = async (body: object) => z.object({ items: z.array(z.object({ value: z.string() })) }).parse(await sent(ofLyon, 'POST', '/audiences/values', body)).items.map(({ value }) => value);
    expect([await values({ field: 'customer.city' }), await values({ field: 'event.properties.shelf', event: 'purchase' })]).toEqual([['lyonnais'], ['lyon']]);
    expect(z.object({ items: z.array(z.object({ name: z.string() })) }).parse(await sent(ofLyon, 'GET', '/audiences/attributes')).items.map(({ name }) => name)).toEqual(['lyonnais']);
    for (const path of ['/event-types', '/event-types/latest', '/event-types/purchase']) expect(JSON.stringify(await sent(ofLyon, 'GET', path))).not.toMatch(/nantes|none/);
    expect(z.object({ items: z.array(z.object({ externalId: z.string() })) }).parse(await sent(ofLyon, 'GET', '/stores')).items.map(({ externalId }) => externalId)).toEqual(['lyon']);
  });

  it('cannot be drawn wider: neither new, nor changed, nor simulated', async () => {
    const wide = { status: 422, code: 'journey.beyondStores' };
    expect(await refusal(ofLyon, 'POST', '/journeys', drawn('new'))).toEqual(wide);
    expect(await refusal(ofLyon, 'POST', '/journeys', drawn('new', ['lyon', 'nantes']))).toEqual(wide);
    expect(await refusal(ofLyon, 'POST', '/journeys', drawn('new', ['lyon'], [{ id: 'ask', kind: 'joinJourney', settings: { journeyKey: 'anywhere' } }]))).toEqual(wide);
    const { draftRevision: revision } = z.object({ draftRevision: z.number() }).parse(await sent(ofLyon, 'GET', `/journeys/${ids.lyon}`));
    expect(await refusal(ofLyon, 'PUT', `/journeys/${ids.lyon}/draft`, { revision, draft: drawn('lyon') })).toEqual(wide);
    expect((await ofLyon('POST', '/simulations', { journeys: [{ definition: drawn('x') }], to: '2036-01-01T00:00:00Z' })).body).toMatchObject({ errors: [{ code: 'stores.none' }] });
    expect(await refusal(ofLyon, 'POST', '/simulations', { journeys: [{ journeyId: ids.nantes }], to: '2036-01-01T00:00:00Z' })).toEqual(UNKNOWN);
    expect(await refusal(ofLyon, 'POST', `/journeys/${ids.lyon}/entries`, { customers: [customers.lyonnais] })).toEqual({ status: 403, code: 'store.beyond' });
  });

  it('are simulated over their own customers, for nobody else to read', async () => {
    const { id } = z.object({ id: z.string() }).parse(await sent(ofLyon, 'POST', '/simulations', { journeys: [{ journeyId: ids.lyon }], to: '2036-01-01T00:00:00Z' }));
    expect((await ofLyon('GET', `/simulations/${id}`)).status).toBe(200);
    expect((await ofBoth('GET', `/simulations/${id}`)).status).toBe(200);
    expect(await refusal(ofNantes, 'GET', `/simulations/${id}`)).toEqual({ status: 404, code: 'simulation.unknown' });
    expect(Items.parse(await sent(ofNantes, 'GET', '/simulations')).items).toEqual([]);
    const [row] = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ request: unknown; from_at: Date; to_at: Date }[]>`select request, from_at, to_at from simulations where id = ${parseId('simulation', id)}`);
    const { input, customersInAll } = await loadSimulation(api.database, workspaceId, SimulationRequest.parse(row?.request), { from: row?.from_at.getTime() ?? 0, to: row?.to_at.getTime() ?? 0 });
    expect([input.customers.map((each) => each.id), customersInAll]).toEqual([[parseId('customer', customers.lyonnais)], 1]);
    expect((await ofLyon('POST', `/simulations/${id}/cancel`, {})).status).toBe(200);
  });

  it('are the brand’s to change and to stop, and no longer the merchant’s once they reach further', async () => {
    const made = z.object({ id: z.string(), draftRevision: z.number() }).parse(await sent(ofLyon, 'POST', '/journeys', drawn('passing', ['lyon'])));
    const points = { id: 'more', kind: 'joinJourney', settings: { journeyKey: 'anywhere' } };
    const withBrand = { ...drawn('passing', ['lyon'], [points]), nodes: [{ ...drawn('passing').nodes[0], next: { next: 'more' } }, points] };
    const { draftRevision: revision } = z.object({ draftRevision: z.number() }).parse(await sent(owner, 'PUT', `/journeys/${made.id}/draft`, { revision: made.draftRevision, draft: withBrand }));
    expect((await ofLyon('POST', `/journeys/${made.id}/validate`)).body).toMatchObject({ problems: [{ code: 'stores.step', path: ['nodes', 1] }] });
    expect(await refusal(ofLyon, 'POST', `/journeys/${made.id}/publish`, {})).toEqual({ status: 422, code: 'journey.invalid' });
    await sent(owner, 'POST', `/journeys/${made.id}/publish`, {});
    await sent(ofLyon, 'POST', `/journeys/${made.id}/pause`, {});
    await sent(owner, 'POST', `/journeys/${made.id}/stop`, {});
    const back = z.object({ draftRevision: z.number() }).parse(await sent(owner, 'PUT', `/journeys/${made.id}/draft`, { revision, draft: drawn('passing', ['lyon', 'nantes']) }));
    expect(await refusal(ofLyon, 'GET', `/journeys/${made.id}`)).toEqual(UNKNOWN);
    // A version that once reached further stays, and so does its people’s history.
    await sent(owner, 'POST', `/journeys/${made.id}/publish`, {});
    await sent(owner, 'PUT', `/journeys/${made.id}/draft`, { revision: back.draftRevision, draft: drawn('passing', ['lyon']) });
    expect(await refusal(ofLyon, 'GET', `/journeys/${made.id}`)).toEqual(UNKNOWN);
  });

  it('are refused to a key of a store without the scope, and obey the same with it', async () => {
    const keyWith = async (scopes: string[]) => api.callerOf(String((await sent(owner, 'POST', '/api-keys', { name: scopes.join(), scopes, stores: ['lyon'] }))['key']));
    expect(await refusal(await keyWith(['events:write']), 'GET', `/journeys/${ids.lyon}`)).toEqual({ status: 403, code: 'scope.missing' });
    const reads = await keyWith(['journeys:read']);
    expect([(await reads('GET', `/journeys/${ids.lyon}`)).status, await refusal(reads, 'GET', `/journeys/${ids.nantes}`)]).toEqual([200, UNKNOWN]);
  });

  it('take in the same when a history is recomputed, and nobody else', async () => {
    for (const id of Object.values(customers)) {
      const { compared, differences } = z.object({ compared: z.object({ step: z.number() }), differences: z.array(z.object({ data: z.looseObject({ kind: z.string().optional() }) })) }).parse(await sent(owner, 'GET', `/customers/${id}/replay`));
      // Messages may be due some milliseconds apart: the clock went on until they were routed.
      expect([compared.step > 0, differences.filter(({ data }) => data.kind === 'entered' || data.kind === 'entryRefused')]).toEqual([true, []]);
    }
  });

  it('say to the brand why somebody is not in one: it happened elsewhere', async () => {
    const asked = await sent(owner, 'GET', `/journeys/${ids.lyon}/entry-check/${customers.nantais}`);
    expect(asked).toMatchObject({ state: 'mayEnter', trigger: { happened: true, inStores: false } });
    expect(await sent(owner, 'GET', `/journeys/${ids.lyon}/entry-check/${customers.lyonnais}`)).toMatchObject({ trigger: { inStores: true } });
    expect(await sent(owner, 'POST', `/journeys/${ids.lyon}/entries`, { customers: [customers.nantais], dryRun: true })).toMatchObject({ refused: [{ code: 'entry.onlyStores', count: 1 }] });
  });
});
