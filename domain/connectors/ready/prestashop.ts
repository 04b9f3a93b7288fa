/**
 * PrestaShop sends no webhooks by itself: a module does, on the hook `actionOrderStatusPostUpdate`. What it posts here is the order as the shop's own webservice writes
 * it, with its customer and its currency (https://devdocs.prestashop-project.org/9/webservice/resources/orders), signed by an HMAC-SHA256 of the body, in hexadecimal.
 * Such a module is in docs/guides/developer.md.
 */
import type { ReadyConnector } from './ready-connector.ts';

/** The states of a fresh shop that end an order: cancelled, refunded. A state of one's own is added in the mapping. */
const BACK = ['6', '7'];
const customer = { externalId: 'ps-{{ $.order.id_customer }}', email: '$.customer.email', phone: '$.address.phone_mobile || $.address.phone', firstName: '$.customer.firstname', lastName: '$.customer.lastname', birthDate: '$.customer.birthday', street: '$.address.address1', postalCode: '$.address.postcode', city: '$.address.city' };
const order = { orderId: 'ps-{{ $.order.id }}', currency: '$.currency.iso_code' };

export const PRESTASHOP: ReadyConnector = {
  signature: { method: 'hmac', header: 'x-prestashop-signature', encoding: 'hex' },
  mapping: {
    formatVersion: 1, amounts: 'decimal',
    rules: [
      {
        name: 'Valid order', when: [{ value: '$.order.valid', is: 'in', values: ['1', 'true'] }, { value: '$.order.current_state', is: 'notIn', values: BACK }], type: 'purchase', id: 'ps-{{ $.order.id }}', occurredAt: '$.order.date_add', customer,
        order: { ...order, amount: '$.order.total_paid_tax_incl', lines: { each: '$.order.associations.order_rows[*]', lineId: '#.id', sku: '#.product_reference || #.product_id', quantity: '#.product_quantity', amount: '#.unit_price_tax_incl * #.product_quantity' } },
        properties: { channel: 'prestashop', reference: '$.order.reference' },
      },
      {
        name: 'Cancelled or refunded after it was invoiced', when: [{ value: '$.order.current_state', is: 'in', values: BACK }, { value: '$.order.invoice_number', is: 'notIn', values: ['0'] }], type: 'return', id: 'ps-{{ $.order.id }}-back', occurredAt: '$.order.date_upd', customer, order, properties: {},
      },
    ],
  },
  sample: {
    headers: { 'content-type': 'application/json' },
    body: {
      order: {
        id: 42, id_address_delivery: '9', id_address_invoice: '9', id_cart: '61', id_currency: '1', id_lang: '1', id_customer: '17', id_carrier: '2', current_state: '2', module: 'ps_wirepayment', invoice_number: '12', invoice_date: '2026-03-02 17:28:08', delivery_number: '0', valid: '1',
        date_add: '2026-03-02 17:28:02', date_upd: '2026-03-02 17:28:08', id_shop_group: '1', id_shop: '1', payment: 'Carte bancaire', total_discounts: '0.000000', total_paid: '54.000000', total_paid_tax_incl: '54.000000', total_paid_tax_excl: '45.000000', total_paid_real: '54.000000',
        total_products: '40.000000', total_products_wt: '48.000000', total_shipping: '6.000000', total_shipping_tax_incl: '6.000000', reference: 'XKBKNABJK',
        associations: { order_rows: [
          { id: '51', product_id: '3', product_attribute_id: '13', product_quantity: '1', product_name: 'Bottes de pluie', product_reference: 'BOTTES-32', product_price: '25.000000', id_customization: '0', unit_price_tax_incl: '30.000000', unit_price_tax_excl: '25.000000' },
          { id: '52', product_id: '4', product_attribute_id: '0', product_quantity: '2', product_name: 'Chaussettes', product_reference: '', product_price: '7.500000', id_customization: '0', unit_price_tax_incl: '9.000000', unit_price_tax_excl: '7.500000' },
        ] },
      },
      customer: { id: 17, email: 'ines.martin@example.org', firstname: 'Inès', lastname: 'Martin', birthday: '1985-01-31', newsletter: '0' }, currency: { id: 1, iso_code: 'EUR' },
      address: { id: 9, address1: '12 rue des Lilas', postcode: '69003', city: 'Lyon', phone: '06 12 34 56 78', phone_mobile: '' },
    },
  },
};
