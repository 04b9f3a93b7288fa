/**
 * WooCommerce: webhooks of the topics «order created» and «order updated», whose body is the order of its REST API (https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties).
 * An order is a purchase once it is paid. A refund names its amount and no lines: it is spread over them by their amounts.
 */
import type { ReadyConnector } from './ready-connector.ts';

const order = { orderId: 'woo-{{ $.id }}', currency: '$.currency' };
const lines = { each: '$.line_items[*]', lineId: '#.id', sku: '#.sku || #.variation_id || #.product_id', quantity: '#.quantity', amount: '#.total + #.total_tax' };
const customer = {
  externalId: 'woo-{{ $.customer_id }}', email: '$.billing.email', phone: '$.billing.phone', firstName: '$.billing.first_name', lastName: '$.billing.last_name',
  country: '$.billing.country', street: '$.billing.address_1', postalCode: '$.billing.postcode', city: '$.billing.city',
};

export const WOOCOMMERCE: ReadyConnector = {
  signature: { method: 'hmac', header: 'x-wc-webhook-signature', encoding: 'base64' },
  mapping: {
    formatVersion: 1, amounts: 'decimal', zone: 'UTC',
    rules: [
      {
        name: 'Paid order', when: [{ value: '$.status', is: 'in', values: ['processing', 'completed', 'refunded'] }], type: 'purchase', id: 'woo-{{ $.id }}', occurredAt: '$.date_paid_gmt || $.date_created_gmt',
        customer, order: { ...order, amount: '$.total', lines }, properties: { channel: 'woocommerce', number: '$.number' },
      },
      {
        name: 'Part refunded', each: '$.refunds[*]', when: [{ value: '$.status', is: 'in', values: ['processing', 'completed'] }], type: 'return', id: 'woo-{{ $.id }}-refund-{{ @.id }}', occurredAt: '$.date_modified_gmt',
        customer, order: { ...order, lines: { ...lines, spread: '0 - @.total' } }, properties: { reason: '@.reason' },
      },
      {
        name: 'Refunded or cancelled', when: [{ value: '$.status', is: 'in', values: ['refunded', 'cancelled'] }, { value: '$.date_paid_gmt', is: 'present' }], type: 'return', id: 'woo-{{ $.id }}-{{ $.status }}', occurredAt: '$.date_modified_gmt',
        customer, order, properties: {},
      },
    ],
  },
  sample: {
    headers: { 'x-wc-webhook-topic': 'order.updated', 'x-wc-webhook-resource': 'order', 'x-wc-webhook-event': 'updated', 'x-wc-webhook-source': 'https://boutique.example.com/', 'x-wc-webhook-id': '3', 'x-wc-webhook-delivery-id': '8f3b1c90a2d7e4f65b0c1d2e3f4a5b6c' },
    body: {
      id: 727, parent_id: 0, number: '727', order_key: 'wc_order_58d2d042d1d', created_via: 'checkout', version: '9.4.2', status: 'processing', currency: 'EUR', date_created: '2026-03-02T17:28:02', date_created_gmt: '2026-03-02T16:28:02',
      date_modified: '2026-03-02T17:28:09', date_modified_gmt: '2026-03-02T16:28:09', date_paid: '2026-03-02T17:28:08', date_paid_gmt: '2026-03-02T16:28:08', discount_total: '0.00', discount_tax: '0.00', shipping_total: '5.00', shipping_tax: '1.00', cart_tax: '8.00',
      total: '54.00', total_tax: '9.00', prices_include_tax: true, customer_id: 26, customer_note: '', payment_method: 'stripe', payment_method_title: 'Carte bancaire', transaction_id: 'pi_3Q',
      billing: { first_name: 'Inès', last_name: 'Martin', company: '', address_1: '12 rue des Lilas', address_2: '', city: 'Lyon', state: '', postcode: '69003', country: 'FR', email: 'ines.martin@example.org', phone: '06 12 34 56 78' },
      shipping: { first_name: 'Inès', last_name: 'Martin', company: '', address_1: '12 rue des Lilas', address_2: '', city: 'Lyon', state: '', postcode: '69003', country: 'FR', phone: '' },
      line_items: [
        { id: 315, name: 'Bottes de pluie', product_id: 93, variation_id: 0, quantity: 1, tax_class: '', subtotal: '25.00', subtotal_tax: '5.00', total: '25.00', total_tax: '5.00', taxes: [], meta_data: [], sku: 'BOTTES-32', price: 25 },
        { id: 316, name: 'Chaussettes', product_id: 22, variation_id: 23, quantity: 2, tax_class: '', subtotal: '15.00', subtotal_tax: '3.00', total: '15.00', total_tax: '3.00', taxes: [], meta_data: [], sku: '', price: 7.5 },
      ],
      tax_lines: [], shipping_lines: [], fee_lines: [], coupon_lines: [], refunds: [], meta_data: [],
    },
  },
};
