/** Stage 4, dispatch: what a text may say of a customer, from the facts taken at hand-over (§7.6). Everything is plain data for Liquid. */
import { Temporal } from 'temporal-polyfill';
import { CUSTOMER_VARIABLES } from '#domain/messages/customer-variables.ts';
import type { CustomerProfile } from '#domain/customers/profile.ts';
import type { ProductShown } from '#domain/messages/show-products.ts';
import type { Instant } from '#domain/shared/time.ts';

/** The names a text may begin a variable with. */
export const MESSAGE_VARIABLES = ['customer', 'balances', 'balance', 'voucher', 'vouchers', 'event', 'products', 'variables', 'brand', 'links', 'now'] as const;

export type MessageContext = {
  event?: { type: string; properties: Record<string, unknown>; occurredAt: Instant } | null | undefined;
  variables: Record<string, unknown>;
  vouchers: { offerKey: string; code: string | null; validUntil: Instant | null }[];
};

export type FactsTaken = {
  profile: Partial<CustomerProfile>;
  /** Available units by programme key. */
  balances: Record<string, number>;
  context: MessageContext;
  /** What can be bought now of the articles that the text names. */
  products?: Record<string, ProductShown>;
  brand: string;
  zone: string;
  now: Instant;
};

/** An instant as the customer's clocks show it, with their offset, so that Liquid's `date` prints local time. */
const localText = (at: Instant, zone: string): string => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });

/**
 * The variables of one message: `customer`, `balances.<programme>` (and `balance` when there is one programme), `voucher.<offer>` (the last
 * one granted) and `vouchers`, `event`, `products` (by article number, those that can be bought), `variables`, `brand.name`, `links`, `now`. A programme without postings counts 0 only if it is in `balances`.
 */
export function messageFacts({ profile, balances, context, products = {}, brand, zone, now }: FactsTaken, links: { preferences: string; unsubscribe: string }): Record<string, unknown> {
  const vouchers = context.vouchers.map(({ offerKey, code, validUntil }) => ({ offerKey, code, validUntil: validUntil === null ? null : localText(validUntil, zone) }));
  const amounts = Object.values(balances);
  return {
    customer: { ...Object.fromEntries(CUSTOMER_VARIABLES.map((name) => [name, null])), ...profile.attributes, ...profile },
    balances,
    balance: amounts.length === 1 ? amounts[0] : null,
    voucher: Object.fromEntries(vouchers.map((voucher) => [voucher.offerKey, voucher])),
    vouchers,
    event: context.event ? { type: context.event.type, properties: context.event.properties, occurredAt: localText(context.event.occurredAt, zone) } : null,
    products,
    variables: context.variables,
    brand: { name: brand },
    links,
    now: localText(now, zone),
  };
}
