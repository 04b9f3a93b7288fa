/**
 * Shopify: webhooks of the topics orders/paid, orders/cancelled and refunds/create (https://shopify.dev/docs/api/webhooks). A refund of an amount without
 * goods has no line to take back: it is left alone.
 */
import type { ReadyConnector } from './ready-connector.ts';

const topic = (...values: string[]) => ({ value: 'header:x-shopify-topic', is: 'in' as const, values });
const customer = {
  externalId: 'shopify-{{ $.customer.id }}', email: '$.email || $.contact_email || $.customer.email', phone: '$.phone || $.customer.phone || $.billing_address.phone',
  firstName: '$.customer.first_name || $.billing_address.first_name', lastName: '$.customer.last_name || $.billing_address.last_name', language: '$.customer_locale',
  country: '$.billing_address.country_code', street: '$.billing_address.address1', postalCode: '$.billing_address.zip', city: '$.billing_address.city',
};

export const SHOPIFY: ReadyConnector = {
  signature: { method: 'hmac', header: 'x-shopify-hmac-sha256', encoding: 'base64' },
  mapping: {
    formatVersion: 1, amounts: 'decimal',
    rules: [
      {
        name: 'Paid order', when: [topic('orders/paid', 'orders/create', 'orders/updated'), { value: '$.financial_status', is: 'in', values: ['paid', 'partially_refunded', 'refunded'] }], type: 'purchase', id: 'shopify-{{ $.id }}', occurredAt: '$.processed_at || $.created_at', customer,
        order: {
          orderId: 'shopify-{{ $.id }}', amount: '$.total_price', currency: '$.currency',
          lines: { each: '$.line_items[*]', lineId: '#.id', sku: '#.sku || #.variant_id', quantity: '#.quantity', amount: '#.price * #.quantity - #.total_discount' },
        },
        properties: { channel: 'shopify', number: '$.name' },
      },
      {
        name: 'Refunded goods', when: [topic('refunds/create'), { value: '$.refund_line_items[0].line_item_id', is: 'present' }], type: 'return', id: 'shopify-{{ $.order_id }}-refund-{{ $.id }}', occurredAt: '$.processed_at || $.created_at', customer: {},
        order: { orderId: 'shopify-{{ $.order_id }}', lines: { each: '$.refund_line_items[*]', lineId: '#.line_item_id', quantity: '#.quantity', amount: '#.subtotal' } }, properties: { note: '$.note' },
      },
      {
        name: 'Cancelled after it was paid', when: [topic('orders/cancelled'), { value: '$.financial_status', is: 'in', values: ['paid', 'partially_refunded', 'refunded'] }], type: 'return', id: 'shopify-{{ $.id }}-cancelled', occurredAt: '$.cancelled_at', customer,
        order: { orderId: 'shopify-{{ $.id }}', currency: '$.currency' }, properties: { reason: '$.cancel_reason' },
      },
    ],
  },
  sample: {
    headers: { 'x-shopify-topic': 'orders/paid', 'x-shopify-shop-domain': 'boutique.myshopify.com', 'x-shopify-api-version': '2026-01', 'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043', 'x-shopify-event-id': '98880550-7158-44d4-b7cd-2c97c8a091b5' },
    body: {
      id: 820_982_911_946_154, admin_graphql_api_id: 'gid://shopify/Order/820982911946154', name: '#1001', order_number: 1001, email: 'ines.martin@example.org', contact_email: 'ines.martin@example.org', phone: null, created_at: '2026-03-02T17:28:02+01:00', processed_at: '2026-03-02T17:28:02+01:00',
      cancelled_at: null, cancel_reason: null, currency: 'EUR', presentment_currency: 'EUR', customer_locale: 'fr-FR', financial_status: 'paid', fulfillment_status: null, subtotal_price: '48.00', total_discounts: '3.00', total_tax: '8.00', total_price: '53.00', current_total_price: '53.00', taxes_included: true,
      billing_address: { first_name: 'Inès', last_name: 'Martin', address1: '12 rue des Lilas', city: 'Lyon', zip: '69003', country: 'France', country_code: 'FR', phone: '06 12 34 56 78' },
      customer: { id: 115_310_627_314_723, email: 'ines.martin@example.org', first_name: 'Inès', last_name: 'Martin', phone: null, state: 'enabled', verified_email: true },
      line_items: [
        { id: 866_550_311_766_439, product_id: 632_910_392, variant_id: 808_950_810, title: 'Bottes de pluie', sku: 'BOTTES-32', quantity: 1, price: '30.00', total_discount: '0.00', taxable: true, discount_allocations: [] },
        { id: 141_249_953_214_522, product_id: 632_910_393, variant_id: 808_950_811, title: 'Chaussettes', sku: null, quantity: 2, price: '10.50', total_discount: '3.00', taxable: true, discount_allocations: [{ amount: '3.00', discount_application_index: 0 }] },
      ],
      shipping_lines: [{ id: 271_878_346_596_884, title: 'Colissimo', price: '5.00' }], refunds: [],
    },
  },
};
