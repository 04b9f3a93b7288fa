import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let workspaceId: string;
let call: Call;
const journey = (key: string) => ({
  formatVersion: 1, key, name: 'Welcome',
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'hours' } }, next: { next: 'end' } }, { id: 'end', kind: 'exit', settings: {} }],
});
const reward = {
  key: 'points', name: { en: 'Points' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } },
  rewards: [{ key: 'ten', name: { en: 'Ten euros' }, costPoints: 100, offerKey: 'ten-euros' }],
};
const offer = { key: 'ten-euros', name: { en: 'Ten euros off' }, benefit: { kind: 'amountOff', amountMinor: 1000 }, validity: { days: 30 } };
const purchase = (id: string, amountMinor = 15_000) => ({ id, type: 'purchase', customer: { externalId: 'anna' }, properties: { orderId: id, amountMinor, currency: 'EUR' } });

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('one');
  call = api.callerOf(await api.makeKey(workspaceId));
});
afterAll(() => api.close());

describe('the edge', () => {
  it('refuses a request without a key, and one with an unknown key, as a problem document', async () => {
    const without = await call('GET', '/journeys', undefined, { authorization: '' });
    expect(without).toMatchObject({ status: 401, body: { code: 'key.missing', status: 401, type: '/api/v1/docs#error-key.missing' } });
    expect(without.headers.get('content-type')).toBe('application/problem+json');
    const unknown = await api.callerOf(`prc_00000000_${'A'.repeat(43)}`)('GET', '/journeys');
    expect(unknown).toMatchObject({ status: 401, body: { code: 'key.unknown' } });
  });

  it('refuses what the key has no scope for, and what is not there', async () => {
    const reader = api.callerOf(await api.makeKey(workspaceId, ['journeys:read']));
    expect(await reader('POST', '/events', purchase('x'))).toMatchObject({ status: 403, body: { code: 'scope.missing' } });
    expect(await reader('GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'route.unknown' } });
    expect(await reader('DELETE', '/journeys')).toMatchObject({ status: 405, body: { code: 'method.notAllowed' } });
    expect(await reader('GET', '/journeys/cus_nonsense')).toMatchObject({ status: 404, body: { code: 'journey.unknown' } });
  });

  it('names the path of each thing that is wrong (ARCHITECTURE 7)', async () => {
    const answer = await call('POST', '/journeys', { ...journey('bad'), nodes: [{ id: 'wait', kind: 'wait', settings: {} }] });
    expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
    expect(JSON.stringify(answer.body['errors'])).toContain('["body","nodes",0,"settings"');
    expect(await call('POST', '/journeys', '{')).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
    expect(await call('GET', '/journeys?limit=0')).toMatchObject({ status: 422, body: { errors: [{ path: ['query', 'limit'] }] } });
    expect(await call('GET', '/journeys?after=abc')).toMatchObject({ status: 422, body: { errors: [{ path: ['query', 'after'] }] } });
    expect(await call('POST', '/journeys', `"${'x'.repeat(1_100_000)}"`)).toMatchObject({ status: 413 });
  });

  it('answers 429 with Retry-After when a key asks too often', async () => {
    const limited = api.callerOf(await api.makeKey(workspaceId), { limiter: createRateLimiter({ perSecond: 0.1, burst: 2 }) });
    expect((await limited('GET', '/journeys')).status).toBe(200);
    expect((await limited('GET', '/journeys')).status).toBe(200);
    const refused = await limited('GET', '/journeys');
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate.limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(5);
  });

  it('tells nothing of an unexpected error but the id under which it was logged', async () => {
    const lines: unknown[] = [];
    const broken = { ...api.engine, database: Object.assign(() => Promise.reject(new Error('secret@example.com')), {}) };
    const { handleRequest } = await import('#app/api/handle-request.ts');
    const response = await handleRequest({ ...api.engine, database: broken.database as never }, new Request('http://x/api/v1/journeys', { headers: { authorization: `Bearer prc_00000000_${'A'.repeat(43)}` } }), {
      routes: [], limiter: createRateLimiter({ perSecond: 1, burst: 1 }), log: { error: (...line: unknown[]) => void lines.push(line) },
    });
    const body: unknown = await response.json();
    expect(response.status).toBe(500);
    expect(JSON.stringify([body, lines])).not.toContain('secret@');
    expect(lines).toHaveLength(1);
  });
});

describe('journeys', () => {
  it('refuses a draft whose revision was overtaken, a second journey of one key, and a move that does not fit', async () => {
    const made = await call('POST', '/journeys', journey('welcome'));
    expect(made.status).toBe(201);
    const id = String(made.body['id']);
    expect(await call('POST', '/journeys', journey('welcome'))).toMatchObject({ status: 409, body: { code: 'journey.keyTaken' } });
    expect(await call('PUT', `/journeys/${id}/draft`, { revision: 1, draft: { ...journey('welcome'), name: 'Welcome back' } })).toMatchObject({ status: 200, body: { draftRevision: 2 } });
    expect(await call('PUT', `/journeys/${id}/draft`, { revision: 1, draft: journey('welcome') })).toMatchObject({ status: 409, body: { code: 'journey.revision' } });
    expect(await call('POST', `/journeys/${id}/pause`, {})).toMatchObject({ status: 409, body: { code: 'journey.state' } });
    expect(await call('POST', `/journeys/${id}/validate`)).toMatchObject({ status: 200, body: { problems: [] } });
    const epoch = async () => (await api.database.begin(async (sql) => {
      await sql`select set_config('app.workspace_id', ${workspaceId}, true)`;
      return sql<{ routing_epoch: number }[]>`select routing_epoch from workspaces`;
    }))[0]?.routing_epoch;
    const before = Number(await epoch());
    expect(await call('POST', `/journeys/${id}/publish`, {})).toMatchObject({ status: 200, body: { number: 1 } });
    expect(await epoch()).toBe(before + 1);
    expect(await call('POST', `/journeys/${id}/pause`, { reason: 'stock' })).toMatchObject({ status: 200, body: { status: 'paused', people: 0 } });
    expect(await call('POST', `/journeys/${id}/resume`, {})).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await call('GET', `/journeys/${id}/report`)).toMatchObject({ status: 200, body: { entered: 0 } });
    const audit = await call('GET', '/audit?limit=3');
    expect(JSON.stringify(audit.body['items'])).toContain('"action":"journey.pause"');
    expect(JSON.stringify(audit.body['items'])).toContain('"reason":"stock"');
    expect(audit.body['items']).toContainEqual(expect.objectContaining({ action: 'journey.pause', subjectName: expect.stringMatching(/./) }));
    const actions = async (query: string) => (await call('GET', `/audit?${query}`)).body['items'];
    expect(await actions('about=journey&limit=1')).toMatchObject([{ action: 'journey.resume', actorName: expect.any(String), subject: id, before: { status: 'paused' }, after: { status: 'live' } }]);
    expect(await actions(`subject=${String(id)}&about=offer`)).toEqual([]);
    expect(await actions('until=2001-01-01')).toEqual([]);
    expect((await call('GET', '/audit?from=tomorrow')).status).toBe(422);
  });

  it('says all that keeps a draft from being published', async () => {
    const bad = await call('POST', '/journeys', { ...journey('lost'), entry: { ...journey('lost').entry, next: 'nowhere' } });
    const answer = await call('POST', `/journeys/${String(bad.body['id'])}/publish`, {});
    expect(answer).toMatchObject({ status: 422, body: { code: 'journey.invalid', errors: [{ code: 'node.unknownTarget', path: ['entry', 'next'] }] } });
  });
});

describe('lists', () => {
  it('have cursors that neither skip nor repeat', async () => {
    for (const sku of ['a', 'b', 'c', 'd', 'e']) await call('PUT', `/products/${sku}`, { name: { fr: sku }, priceMinor: 100 });
    const seen: unknown[] = [];
    let after = '';
    do {
      const page = await call('GET', `/products?limit=2${after}`);
      const { items, next } = page.body;
      if (Array.isArray(items)) seen.push(...items.map((item: { sku: string }) => item.sku));
      after = typeof next === 'string' ? `&after=${next}` : '';
    } while (after);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('events and loyalty', () => {
  it('answers each element by its own fate, and a single refusal with its status', async () => {
    await call('PUT', '/offers/ten-euros', offer);
    expect((await call('PUT', '/programmes/points', reward)).status).toBe(201);
    expect(await call('POST', '/events', purchase('e1'))).toMatchObject({ status: 202, body: { events: [{ id: 'e1', status: 'accepted', loyalty: [{ points: 150, balance: 150 }] }] } });
    const mixed = await call('POST', '/events', [purchase('e1'), { id: 'e2' }, { ...purchase('e3'), properties: { orderId: 'e3', amountMinor: 1, currency: 'USD' } }]);
    expect(mixed).toMatchObject({ status: 202, body: { events: [{ status: 'duplicate' }, { status: 'rejected' }, { status: 'quarantined' }] } });
    expect(await call('POST', '/events', { id: 'e4' })).toMatchObject({ status: 422, body: { code: 'event.rejected', errors: [{ path: ['body', 'type'] }] } });
    expect(await call('POST', '/events', purchase('e1', 1))).toMatchObject({ status: 409, body: { code: 'event.conflict' } });
    expect(await call('GET', '/events/quarantined')).toMatchObject({ body: { items: [{ eventId: 'e3' }] } });
  });

  it('does a write once per idempotency key, and refuses another body under it (§11.3)', async () => {
    const found = await call('POST', '/customers/search', { identifier: { kind: 'externalId', value: 'anna' } });
    const customerId = (found.body['items'] as { id: string }[])[0]?.id ?? '';
    const take = (key: string, id = customerId) => call('POST', '/programmes/points/rewards/ten/redeem', { customerId: id }, { 'idempotency-key': key });
    const [first, second] = await Promise.all([take('k1'), take('k1')]);
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect([first, second].filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(1);
    expect(first.body).toMatchObject({ balance: 50, costPoints: 100 });
    expect(await take('k1', `${customerId.slice(0, -1)}${customerId.endsWith('0') ? '1' : '0'}`)).toMatchObject({ status: 409, body: { code: 'idempotency.otherBody' } });
    expect(await take('k2')).toMatchObject({ status: 409, body: { code: 'reward.missingPoints' } });
    const { code } = first.body['voucher'] as { code: string };
    const use = () => call('POST', `/vouchers/${code.toLowerCase()}/redeem`, { amountMinor: 2_500, orderId: 'o9' }, { 'idempotency-key': 'till-1' });
    expect(await use()).toMatchObject({ status: 200, body: { discountMinor: 1000, status: 'redeemed' } });
    expect((await use()).headers.get('idempotent-replayed')).toBe('true');
    expect(await call('POST', `/vouchers/${code}/redeem`, { amountMinor: 2_500 })).toMatchObject({ status: 409, body: { code: 'voucher.redeemed' } });
    const giveBack = (orderId: string) => call('POST', `/vouchers/${code}/release`, { orderId });
    expect(await giveBack('another')).toMatchObject({ status: 200, body: { released: false } });
    expect(await giveBack('o9')).toMatchObject({ status: 200, body: { released: true } });
    expect(await giveBack('o9')).toMatchObject({ status: 200, body: { released: false } });
    expect(await call('GET', `/vouchers/${code}`)).toMatchObject({ body: { status: 'issued', orderId: null } });
    const timeline = await call('GET', `/customers/${customerId}/timeline`);
    expect(new Set((timeline.body['items'] as { kind: string }[]).map(({ kind }) => kind))).toEqual(new Set(['event', 'points', 'voucher']));
  });

  it('changes a customer by its identifiers, and refuses two people in one (§13.1)', async () => {
    const put = (identifiers: Record<string, string>, profile = {}) => call('PUT', '/customers', { identifiers, profile });
    const made = await put({ email: 'Zoe@Example.org' }, { firstName: 'Zoé', attributes: { shoe: 31 } });
    expect(made.status).toBe(201);
    expect(await put({ email: 'zoe@example.org', phone: '06 12 34 56 78' })).toMatchObject({ status: 200, body: { id: made.body['id'], identifiers: [{ kind: 'email' }, { kind: 'phone', value: '+33612345678' }] } });
    expect(await put({ email: 'zoe@example.org', externalId: 'anna' })).toMatchObject({ status: 409, body: { code: 'customer.conflict' } });
    expect(await put({ email: 'nonsense' })).toMatchObject({ status: 422, body: { errors: [{ path: ['body', 'identifiers', 'email'] }] } });
    const id = String(made.body['id']);
    expect(await call('PUT', `/customers/${id}/attributes`, { set: { hat: 'red' }, remove: ['shoe'] })).toMatchObject({ body: { attributes: { hat: 'red' } } });
    const consents = [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }];
    expect(await call('PUT', `/customers/${id}/consents`, { consents })).toMatchObject({ status: 200, body: { consents: [{ state: 'granted' }] } });
    expect(await call('GET', `/customers/${id}`)).toMatchObject({ body: { profile: { firstName: 'Zoé' }, consents: [{ channel: 'email' }] } });
    expect(await call('POST', '/customers/search', { name: 'zo' })).toMatchObject({ body: { items: [{ id }] } });
  });
});

describe('settings', () => {
  it('replaces the policy by its revision only, and makes keys that give no more than their maker has', async () => {
    const { body } = await call('GET', '/pressure-policy');
    expect(await call('PUT', '/pressure-policy', body)).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await call('PUT', '/pressure-policy', body)).toMatchObject({ status: 409, body: { code: 'policy.revision' } });
    const modest = api.callerOf(await api.makeKey(workspaceId, ['settings:write', 'settings:read']));
    expect(await modest('POST', '/api-keys', { name: 'x', scopes: ['sandbox'] })).toMatchObject({ status: 403, body: { code: 'apiKey.scopeBeyondOwn' } });
    const made = await modest('POST', '/api-keys', { name: 'x', scopes: ['settings:read'] });
    const other = api.callerOf(String(made.body['key']));
    expect((await other('GET', '/stores')).status).toBe(200);
    expect((await modest('POST', `/api-keys/${String(made.body['id'])}/revoke`, {})).status).toBe(200);
    expect((await other('GET', '/stores')).status).toBe(401);
    expect(JSON.stringify((await call('GET', '/api-keys')).body)).not.toContain(String(made.body['key']));
  });

  it('lets a live workspace speak with the installation’s keys until it has its own, and a sandbox never (docs/decisions/0007)', async () => {
    const live = api.callerOf(await api.makeKey(await api.makeWorkspace('keys-live', { kind: 'live' })));
    const items = async () => (await live('GET', '/provider-accounts')).body['items'];
    expect(await items()).toMatchObject([{ channel: 'email', keys: 'environment', kind: null, webhookUrl: null }, { channel: 'sms', keys: 'environment', kind: null }, { channel: 'whatsapp', keys: 'environment', kind: null }]);
    api.engine.vendorAccounts = { email: { kind: 'resend', apiKey: 're_hidden', webhookSecret: 'whsec_hidden', from: 'Parcours <hello@parcours.test>' } };
    expect(await items()).toMatchObject([{ kind: 'resend', sender: 'Parcours <hello@parcours.test>', webhookUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/api\/webhooks\/resend\/[0-9a-f-]{36}$/) }, { kind: null }, { kind: null }]);
    expect(await live('PUT', '/provider-accounts/email', { kind: 'smtp', url: 'smtp://u:hidden@mail.test:25', from: 'a@mail.test' })).toMatchObject({ status: 200, body: { keys: 'own', kind: 'smtp', webhookUrl: null } });
    expect(JSON.stringify(await items())).not.toContain('hidden');
    expect(await live('PUT', '/provider-accounts/email', { kind: 'environment' })).toMatchObject({ body: { keys: 'environment', kind: 'resend' } });
    const sandbox = api.callerOf(await api.makeKey(await api.makeWorkspace('keys-sandbox')));
    expect(await sandbox('PUT', '/provider-accounts/email', { kind: 'environment' })).toMatchObject({ status: 422, body: { code: 'account.sandbox' } });
    api.engine.vendorAccounts = {};
  });

  it('jumps the clock of no live workspace (§12.7)', async () => {
    const live = api.callerOf(await api.makeKey(await api.makeWorkspace('live', { kind: 'live' })));
    expect(await live('POST', '/clock/jump', { bySeconds: 60 })).toMatchObject({ status: 403, body: { code: 'clock.live_workspace' } });
  });
});
