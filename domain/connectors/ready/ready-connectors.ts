/** What a connector begins with, by its kind: the shop's own, or an example of one's own. */
import type { ConnectorKind } from '#domain/connectors/connector-kinds.ts';
import { PRESTASHOP } from './prestashop.ts';
import type { ReadyConnector } from './ready-connector.ts';
import { SHOPIFY } from './shopify.ts';
import { WOOCOMMERCE } from './woocommerce.ts';

const CUSTOM: ReadyConnector = {
  signature: { method: 'none' },
  mapping: {
    formatVersion: 1, amounts: 'decimal',
    rules: [{ name: 'Order', when: [], type: 'purchase', id: 'shop-{{ $.id }}', occurredAt: '$.date', customer: { email: '$.customer.email' }, order: { orderId: 'shop-{{ $.id }}', amount: '$.total', currency: '$.currency' }, properties: {} }],
  },
  sample: { headers: {}, body: { id: 1001, date: '2026-03-02T17:28:02+01:00', total: '54.00', currency: 'EUR', customer: { email: 'ines.martin@example.org' } } },
};

export const READY_CONNECTORS: Record<ConnectorKind, ReadyConnector> = { custom: CUSTOM, woocommerce: WOOCOMMERCE, shopify: SHOPIFY, prestashop: PRESTASHOP };
