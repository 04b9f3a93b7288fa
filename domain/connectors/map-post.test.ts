import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '#domain/events/parse-event.ts';
import { CONNECTOR_KINDS } from './connector-kinds.ts';
import { mapPost, type MapContext } from './map-post.ts';
import { ConnectorMapping } from './mapping.ts';
import { AmountSource, readDecimal, toMinor } from './read-amount.ts';
import { READY_CONNECTORS } from './ready/ready-connectors.ts';
import { isPath, readSource, Source } from './source.ts';

const CONTEXT: MapContext = { currency: 'EUR', exponent: 2, country: 'FR', timeZone: 'Europe/Paris' };
const NOW = Date.UTC(2026, 5, 1);
const bodyOf = (kind: keyof typeof READY_CONNECTORS): Record<string, unknown> => structuredClone(READY_CONNECTORS[kind].sample.body) as Record<string, unknown>;
const map = (kind: keyof typeof READY_CONNECTORS, body: unknown, headers: Record<string, string> = READY_CONNECTORS[kind].sample.headers) => mapPost(READY_CONNECTORS[kind].mapping, { body, headers }, CONTEXT);
const parsed = (event: unknown) => parseEvent(event, { now: NOW, currency: 'EUR', country: 'FR', closedTypes: null }).outcome;

describe('ready mappings (§11.4)', () => {
  it('§11.4 make one purchase of the sample of each shop, which is accepted as it is', () => {
    for (const kind of CONNECTOR_KINDS) {
      expect(ConnectorMapping.safeParse(READY_CONNECTORS[kind].mapping).success, kind).toBe(true);
      const { events, problems, warnings } = map(kind, bodyOf(kind));
      expect([problems, warnings], kind).toEqual([[], []]);
      expect(events.map(parsed), kind).toEqual(['accepted']);
    }
  });

  it('WooCommerce: tax is in, times are UTC, a guest has no number, and an order is none before it is paid', () => {
    const order = bodyOf('woocommerce');
    expect(map('woocommerce', order).events[0]).toMatchObject({
      id: 'woo-727', occurredAt: '2026-03-02T16:28:08.000Z', customer: { externalId: 'woo-26', email: 'ines.martin@example.org', phone: '06 12 34 56 78', profile: { firstName: 'Inès', city: 'Lyon', country: 'FR' } },
      properties: { orderId: 'woo-727', amountMinor: 5_400, currency: 'EUR', channel: 'woocommerce', lines: [{ lineId: '315', sku: 'BOTTES-32', quantity: 1, amountMinor: 3_000 }, { lineId: '316', sku: '23', quantity: 2, amountMinor: 1_800 }] },
    });
    expect(map('woocommerce', { ...order, customer_id: 0 }).events[0]?.['customer']).not.toHaveProperty('externalId');
    expect(map('woocommerce', { ...order, status: 'pending' }).events).toEqual([]);
    expect(map('woocommerce', { ...order, status: 'cancelled', date_paid_gmt: null }).events).toEqual([]);
  });

  it('WooCommerce: a refund of a part is spread over the lines to the cent, a whole one or a cancellation brings everything back', () => {
    const order = bodyOf('woocommerce');
    const { events, problems } = map('woocommerce', { ...order, refunds: [{ id: 801, reason: 'Trop petites', total: '-10.01' }, { id: 802, reason: '', total: '-1.00' }] });
    expect(problems).toEqual([]);
    expect(events.map(({ id, type }) => [id, type])).toEqual([['woo-727', 'purchase'], ['woo-727-refund-801', 'return'], ['woo-727-refund-802', 'return']]);
    expect(events[1]).toMatchObject({ properties: { orderId: 'woo-727', reason: 'Trop petites', lines: [{ lineId: '315', amountMinor: 626 }, { lineId: '316', amountMinor: 375 }] } });
    expect(events.map(parsed)).toEqual(['accepted', 'accepted', 'accepted']);
    for (const status of ['refunded', 'cancelled']) {
      const back = map('woocommerce', { ...order, status }).events.find(({ type }) => type === 'return');
      expect(back).toMatchObject({ id: `woo-727-${status}`, properties: { orderId: 'woo-727' } });
      expect(back?.['properties']).not.toHaveProperty('lines');
    }
  });

  it('Shopify: discounts are off the lines, refunds name their goods once, money without goods and unpaid cancellations are left alone', () => {
    const order = bodyOf('shopify');
    expect(map('shopify', order).events[0]).toMatchObject({ id: 'shopify-820982911946154', customer: { externalId: 'shopify-115310627314723', profile: { language: 'fr-FR' } }, properties: { amountMinor: 5_300, lines: [{ amountMinor: 3_000 }, { amountMinor: 1_800, sku: '808950811' }] } });
    const refund = (items: unknown[]) => map('shopify', { id: 509_562_969, order_id: 820_982_911_946_154, processed_at: '2026-03-04T10:00:00+01:00', note: 'Trop petites', refund_line_items: items }, { 'x-shopify-topic': 'refunds/create' });
    const { events } = refund([{ line_item_id: 7, quantity: 1, subtotal: 9 }, { line_item_id: 7, quantity: 1, subtotal: '9.00' }, { line_item_id: 8, quantity: 1, subtotal: 3.5 }]);
    expect(events).toMatchObject([{ type: 'return', id: 'shopify-820982911946154-refund-509562969', properties: { orderId: 'shopify-820982911946154', lines: [{ lineId: '7', quantity: 2, amountMinor: 1_800 }, { lineId: '8', quantity: 1, amountMinor: 350 }] } }]);
    expect(events.map(parsed)).toEqual(['accepted']);
    expect(refund([]).events).toEqual([]);
    const cancelled = (financial: string) => map('shopify', { ...order, financial_status: financial, cancelled_at: '2026-03-05T10:00:00Z' }, { 'x-shopify-topic': 'orders/cancelled' }).events;
    expect([cancelled('voided'), cancelled('refunded').map(({ id }) => id)]).toEqual([[], ['shopify-820982911946154-cancelled']]);
  });

  it('PrestaShop: six decimals are cents, times are those of the shop, a state brings an order back', () => {
    const post = bodyOf('prestashop');
    expect(map('prestashop', post).events[0]).toMatchObject({
      id: 'ps-42', occurredAt: '2026-03-02T16:28:02.000Z', customer: { externalId: 'ps-17', phone: '06 12 34 56 78', profile: { birthDate: '1985-01-31' } },
      properties: { orderId: 'ps-42', amountMinor: 5_400, lines: [{ lineId: '51', sku: 'BOTTES-32', amountMinor: 3_000 }, { lineId: '52', sku: '4', quantity: 2, amountMinor: 1_800 }] },
    });
    const state = (current_state: string, invoice_number = '12') => map('prestashop', { ...post, order: { ...(post['order'] as object), current_state, invoice_number } }).events.map(({ id, type }) => [id, type]);
    expect([state('7'), state('6', '0'), state('5')]).toEqual([[['ps-42-back', 'return']], [], [['ps-42', 'purchase']]]);
  });
});

describe('a mapping', () => {
  it('leaves out and tells what is mistyped at a check-out, and refuses what an event cannot do without', () => {
    const order = bodyOf('woocommerce');
    const spoilt = map('woocommerce', { ...order, billing: { ...(order['billing'] as object), phone: '12', country: 'France' } });
    expect(spoilt.problems).toEqual([]);
    expect(spoilt.warnings).toMatchObject([{ code: 'connector.leftOut', path: ['rules', 0, 'customer', 'phone'] }, { path: ['rules', 0, 'customer', 'country'] }]);
    expect(map('woocommerce', { ...order, total: 'free', date_paid_gmt: 'soon', line_items: [{ id: null, total: '1', total_tax: '0', quantity: 1 }] }).problems.map(({ code, path }) => [code, path.slice(2).join('.')])).toEqual([
      ['connector.time', 'occurredAt'], ['connector.amount', 'order.amount'], ['connector.missing', 'order.lines.lineId'],
    ]);
    expect(map('custom', {}).problems.map(({ code }) => code)).toEqual(['connector.missing', 'connector.amount', 'connector.missing']);
  });

  it('finds values by paths of own properties, in texts, in headers, and by the next way when one is not there', () => {
    const place = { $: { a: { 'b c': [{ id: 7 }] }, n: null, zero: 0 }, headers: { 'x-topic': 'paid' } };
    const read = (source: string) => readSource(source, place);
    expect([read("$.a['b c'][0].id"), read('header:x-topic'), read('o-{{ $.zero }}'), read('o-{{ $.n }} || $.zero'), read('web'), read('$.n'), read('$.a.constructor'), read('$.__proto__')]).toEqual([7, 'paid', 'o-0', 0, 'web', null, null, null]);
    for (const wrong of ['$.a[*]', '{{ a.b }}', '$..a', '{{ $.a', '$.a b', '']) expect(Source.safeParse(wrong).success, wrong).toBe(false);
    expect([isPath('$'), isPath('@.a-b'), isPath('#[0]')]).toEqual([true, true, true]);
  });

  it('reckons amounts exactly, whatever the digits', () => {
    const minor = (source: string, body: unknown, exponent = 2) => { const read = readDecimal(source, { $: body, headers: {} }); return read.ok ? toMinor(read.value, exponent) : read.part; };
    expect(minor('$.p * $.q - $.d', { p: '19.99', q: 3, d: '0.005' })).toBe(5_997);
    expect([minor('$.a', { a: 1.005 }), minor('0 - $.a', { a: '-10.00' }), minor('$.a', { a: '57.980000' }), minor('$.a', { a: 1_200 }, 0), minor('$.a', { a: '1 200' })]).toEqual([101, 1_000, 5_798, 1_200, '$.a']);
    expect(AmountSource.safeParse('$.a / 2').success).toBe(false);
    fc.assert(fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (cents) => { expect(minor('$.a', { a: (cents / 100).toFixed(2) })).toBe(cents); }));
  });

  it('never throws, whatever is posted', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(...CONNECTOR_KINDS), (body, kind) => { expect(map(kind, body)).toHaveProperty('events'); }));
  });
});
