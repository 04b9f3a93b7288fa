/** The events of a till. Their ids are made here, before anything is sent, so that sending again never counts twice (§11.3). */
import type { Identifier } from '#domain/customers/identifiers.ts';
import type { TillCustomer, TillProduct } from '#components/till/till-types.ts';

export type SaleLine = { product: TillProduct; quantity: number };
/** Who buys: someone the till knows, someone known by what was typed (offline), or nobody. */
export type Buyer = { kind: 'known'; customer: TillCustomer } | { kind: 'typed'; identifier: Identifier } | { kind: 'nobody' };

type Envelope = { id: string; occurredAt: string; store?: string; customer?: Record<string, string> };
export type PurchaseEvent = Envelope & { type: 'purchase'; properties: { orderId: string; amountMinor: number; currency: string } & Record<string, unknown> };
export type ReturnEvent = Envelope & { type: 'return'; properties: { orderId: string; reason: string } };

export const customerOf = (buyer: Buyer): Record<string, string> | null =>
  buyer.kind === 'known' ? { id: buyer.customer.id } : buyer.kind === 'typed' ? { [buyer.identifier.kind]: buyer.identifier.value } : null;

export const sumOf = (lines: readonly SaleLine[]): number => lines.reduce((sum, { product, quantity }) => sum + product.priceMinor * quantity, 0);

type Sale = { saleId: string; at: number; buyer: Buyer; store: string | null; amountMinor: number; discountMinor: number; currency: string; lines: readonly SaleLine[] };

/** `amountMinor` is what the goods cost; the event says what is paid, after the discount of a voucher (§10.16). */
export function makePurchase({ saleId, at, buyer, store, amountMinor, discountMinor, currency, lines }: Sale): PurchaseEvent {
  const customer = customerOf(buyer);
  return {
    id: saleId, type: 'purchase', occurredAt: new Date(at).toISOString(), ...(store && { store }), ...(customer && { customer }),
    properties: {
      orderId: saleId, amountMinor: amountMinor - discountMinor, currency, ...(discountMinor > 0 && { discountMinor }),
      ...(lines.length > 0 && { lines: lines.map(({ product, quantity }, index) => ({ lineId: String(index + 1), sku: product.sku, quantity, amountMinor: product.priceMinor * quantity, categories: product.categories })) }),
    },
  };
}

/** The same sale with the discount that the server gives on it. */
export function withDiscount(event: PurchaseEvent, amountMinor: number, discountMinor: number): PurchaseEvent {
  const { discountMinor: _, ...properties } = event.properties;
  return { ...event, properties: { ...properties, amountMinor: amountMinor - discountMinor, ...(discountMinor > 0 && { discountMinor }) } };
}

/** The whole order comes back. One order has one such event: its id is made of the order's. */
export function makeReturn({ orderId, at, customer, store, reason }: { orderId: string; at: number; customer: Record<string, string> | null; store: string | null; reason: string }): ReturnEvent {
  return { id: `${orderId}:return`, type: 'return', occurredAt: new Date(at).toISOString(), ...(store && { store }), ...(customer && { customer }), properties: { orderId, reason } };
}
