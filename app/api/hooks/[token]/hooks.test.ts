import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { READY_CONNECTORS } from '#domain/connectors/ready/ready-connectors.ts';
import type { Engine } from '#engine/engine.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';
import { POST } from './route.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
// The process's own engine, as temporal/web-engine.ts keeps it.
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine };

beforeAll(async () => {
  api = await openTestApi();
  kept.parcoursWebEngine = api.engine;
  workspaceId = await api.makeWorkspace('shops', { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  await call('PUT', '/programmes/club', { key: 'club', name: { fr: 'Club' }, unit: 'points', earn: { base: { key: 'euro', kind: 'perAmount', points: 1, perMinor: 100 } } });
});
afterAll(async () => {
  delete kept.parcoursWebEngine;
  await api.close();
});

type Shop = { path: string; url: string };
const SECRET = 'between the shop and us';
const read = <T>(work: (transaction: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<T>) => inWorkspace(api.database, workspaceId, work);
async function open(kind: string, more: Record<string, unknown> = {}): Promise<Shop> {
  const { status, body } = await call('POST', '/connectors', { name: kind, kind, secret: SECRET, ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { path: `/connectors/${String(body['id'])}`, url: String(body['url']) };
}
async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await POST(new Request(url, { method: 'POST', body, headers }), { params: Promise.resolve({ token: url.split('/').at(-1) ?? '' }) });
  return { status: response.status, body: await response.json() as Record<string, unknown> };
}
const sign = (body: string, encoding: 'base64' | 'hex', secret = SECRET) => createHmac('sha256', secret).update(body).digest(encoding);
const woo = (url: string, order: unknown, secret = SECRET) => { const body = JSON.stringify(order); return post(url, body, { ...READY_CONNECTORS.woocommerce.sample.headers, 'x-wc-webhook-signature': sign(body, 'base64', secret) }); };
const ORDER = READY_CONNECTORS.woocommerce.sample.body as Record<string, unknown>;
const pointsOf = async (externalId: string): Promise<number> => (await read((transaction) => transaction<{ amount: number }[]>`
  select coalesce(sum(amount), 0)::int as amount from balances b join customer_identifiers i using (customer_id) where i.value = ${externalId} and account = 'customer:available'`))[0]?.amount ?? 0;

describe('a shop wired without code (§11.4)', () => {
  it('§11.4 §10.20 WooCommerce: a signed order is a purchase that earns, once however often it comes, and a refund takes back its part', async () => {
    const { path, url } = await open('woocommerce');
    expect((await post(url, 'webhook_id=3', { 'content-type': 'application/x-www-form-urlencoded' })).status, 'the ping of a new webhook').toBe(200);
    expect(await woo(url, ORDER)).toMatchObject({ status: 200, body: { state: 'accepted', events: ['woo-727'] } });
    expect(await pointsOf('woo-26')).toBe(54);
    expect((await woo(url, { ...ORDER, status: 'completed', date_modified_gmt: '2026-03-03T00:00:00' })).body).toMatchObject({ state: 'duplicate' });
    expect((await woo(url, { ...ORDER, status: 'pending', id: 728 })).body).toMatchObject({ state: 'ignored' });
    expect((await woo(url, { ...ORDER, refunds: [{ id: 1, reason: '', total: '-24.00' }] })).body).toMatchObject({ state: 'accepted', events: ['woo-727', 'woo-727-refund-1'] });
    expect(await pointsOf('woo-26'), 'half of the goods takes half of what they earned, delivery included').toBe(27);
    expect((await woo(url, { ...ORDER, status: 'refunded' })).body).toMatchObject({ state: 'accepted' });
    expect(await pointsOf('woo-26')).toBe(0);
    expect((await call('GET', path)).body).toMatchObject({ accepted: 3, quarantined: 0, refused: 0, hasSecret: true });
    expect(JSON.stringify((await call('GET', path)).body)).not.toContain(SECRET);
  });

  it('§11.4 Shopify and PrestaShop: each is believed by its own signature of the raw body, and by no other', async () => {
    const shopify = await open('shopify');
    const order = JSON.stringify(READY_CONNECTORS.shopify.sample.body, null, 2);
    const { headers } = READY_CONNECTORS.shopify.sample;
    expect(await post(shopify.url, order, { ...headers, 'x-shopify-hmac-sha256': sign(order, 'base64') })).toMatchObject({ status: 200, body: { state: 'accepted' } });
    expect((await post(shopify.url, JSON.stringify(JSON.parse(order)), { ...headers, 'x-shopify-hmac-sha256': sign(order, 'base64') })).status, 'the same JSON in other bytes').toBe(401);
    const prestashop = await open('prestashop');
    const body = JSON.stringify(READY_CONNECTORS.prestashop.sample.body);
    expect((await post(prestashop.url, body, { 'x-prestashop-signature': sign(body, 'hex') })).body).toMatchObject({ state: 'accepted', events: ['ps-42'] });
    const wrongs: Record<string, string>[] = [{}, { 'x-prestashop-signature': sign(body, 'hex', 'another secret') }, { 'x-prestashop-signature': 'zz' }];
    for (const wrong of wrongs) expect((await post(prestashop.url, body, wrong)).status).toBe(401);
  });

  it('§11.4 keeps what was signed by another secret as it came, and takes it once the secret is put right', async () => {
    const { path, url } = await open('woocommerce', { secret: 'mistyped secret' });
    expect(await woo(url, { ...ORDER, id: 900 })).toMatchObject({ status: 401, body: { state: 'refused', problems: [{ code: 'connector.signature' }] } });
    expect((await call('POST', `${path}/replay`, {})).body).toEqual({ replayed: 1, accepted: 0, left: 1 });
    await call('PUT', path, { name: 'Shop', secret: SECRET });
    expect((await call('POST', `${path}/replay`, {})).body).toEqual({ replayed: 1, accepted: 1, left: 0 });
    expect((await call('GET', `${path}/posts`)).body['items']).toMatchObject([{ state: 'accepted', eventIds: ['woo-900'], problems: [] }]);
  });

  it('§11.4 quarantines what cannot be taken, whole and as it was posted, and replays it after a fix of the mapping or of the cause, without doubling', async () => {
    const mapping = { ...READY_CONNECTORS.woocommerce.mapping, rules: READY_CONNECTORS.woocommerce.mapping.rules.map((rule) => ({ ...rule, order: { ...rule.order, amount: '$.grand_total' } })) };
    const { path, url } = await open('woocommerce', { mapping });
    expect(await woo(url, { ...ORDER, id: 910 })).toMatchObject({ status: 202, body: { state: 'quarantined', problems: [{ code: 'connector.amount', path: ['rules', 0, 'order', 'amount'] }] } });
    const [{ id }] = (await call('GET', `${path}/posts?state=quarantined`)).body['items'] as [{ id: string }];
    expect(JSON.parse(String((await call('GET', `${path}/posts/${id}`)).body['body']))).toMatchObject({ id: 910, billing: { city: 'Lyon' } });
    await call('PUT', path, { name: 'Shop', mapping: READY_CONNECTORS.woocommerce.mapping });
    expect((await call('POST', `${path}/replay`, { ids: [id] })).body).toEqual({ replayed: 1, accepted: 1, left: 0 });
    expect((await call('GET', `${path}/posts/${id}`)).body).toMatchObject({ state: 'accepted', body: null });
    // Another currency is the brand's business, a return before its purchase is a matter of order.
    expect((await woo(url, { ...ORDER, id: 911, currency: 'USD' })).body).toMatchObject({ state: 'quarantined', problems: [{ code: 'event.currency' }] });
    const late = JSON.stringify({ id: 5, order_id: 77, refund_line_items: [{ line_item_id: 1, quantity: 1, subtotal: 1 }] });
    const shopify = await open('shopify');
    expect((await post(shopify.url, late, { 'x-shopify-topic': 'refunds/create', 'x-shopify-hmac-sha256': sign(late, 'base64') })).body).toMatchObject({ state: 'quarantined', problems: [{ code: 'return.unknownOrder' }] });
    const order = JSON.stringify({ ...(READY_CONNECTORS.shopify.sample.body as object), id: 77, line_items: [{ id: 1, sku: 'A', quantity: 1, price: '53.00', total_discount: '0.00' }] });
    await post(shopify.url, order, { 'x-shopify-topic': 'orders/paid', 'x-shopify-hmac-sha256': sign(order, 'base64') });
    expect((await call('POST', `${shopify.path}/replay`, {})).body).toEqual({ replayed: 1, accepted: 1, left: 0 });
    expect(await read((transaction) => transaction`select 1 from events where event_id in ('woo-911') or (event_id = 'woo-910' and outcome <> 'accepted')`)).toHaveLength(0);
  });

  it('§11.4 takes one of twenty posts of an order at once', async () => {
    const { url } = await open('woocommerce');
    const answers = await Promise.all(Array.from({ length: 20 }, () => woo(url, { ...ORDER, id: 920, customer_id: 27, billing: { ...(ORDER['billing'] as object), email: 'zoe@example.org', phone: '' } })));
    expect(answers.map(({ body }) => body['state']).sort()).toEqual(['accepted', ...Array.from({ length: 19 }, () => 'duplicate')]);
    expect(await pointsOf('woo-27')).toBe(54);
  });

  it('says of a sample how its events would land, and where a mapping is wrong', async () => {
    const { mapping, sample } = READY_CONNECTORS.woocommerce;
    expect((await call('POST', '/connectors/preview', { mapping, sample })).body).toMatchObject({ problems: [], events: [{ status: 'accepted', event: { type: 'purchase', properties: { amountMinor: 5_400 } } }] });
    const shop = { ...mapping, rules: [{ ...mapping.rules[0], store: 'nowhere' }] };
    expect((await call('POST', '/connectors/preview', { mapping: shop, sample })).body).toMatchObject({ events: [{ status: 'quarantined', problems: [{ code: 'store.unknown' }] }] });
    const wrong = { ...mapping, rules: [{ ...mapping.rules[0], id: '$..id', when: [{ value: '$.status', is: 'in' }] }] };
    expect(await call('POST', '/connectors/preview', { mapping: wrong, sample })).toMatchObject({ status: 422, body: { errors: expect.arrayContaining([expect.objectContaining({ path: ['body', 'mapping', 'rules', 0, 'id'], message: expect.stringContaining('$.billing.email') })]) } });
  });

  it('answers nobody at an address that is closed, renewed, guessed or taken away, and refuses what is too large', async () => {
    const { path, url } = await open('custom');
    expect((await post(url, '{')).body).toMatchObject({ state: 'quarantined', problems: [{ code: 'connector.notJson' }] });
    expect((await post(url, JSON.stringify(READY_CONNECTORS.custom.sample.body))).body).toMatchObject({ state: 'accepted', events: ['shop-1001'] });
    await call('POST', `${path}/close`);
    expect((await post(url, '{}')).status).toBe(404);
    await call('POST', `${path}/open`);
    expect((await post(url, 'x'.repeat(1_000_001))).status).toBe(413);
    const renewed = String((await call('POST', `${path}/renew`)).body['url']);
    expect([(await post(url, '{}')).status, (await post(renewed, '[]')).status]).toEqual([404, 202]);
    for (const guess of ['x', 'A'.repeat(43)]) expect((await post(`http://127.0.0.1:3000/api/hooks/${guess}`, '{}')).status).toBe(404);
    await call('DELETE', path);
    expect((await post(renewed, '{}')).status).toBe(404);
    const lines = await read((transaction) => transaction<{ action: string }[]>`select action, before, after from audit_lines where action like 'connector.%'`);
    expect(new Set(lines.map(({ action }) => action.split('.')[1]))).toEqual(new Set(['create', 'change', 'replay', 'close', 'open', 'renew', 'delete']));
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });
});
