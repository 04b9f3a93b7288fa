/** What a till is told of a customer in one reading: who they are, their balances, the vouchers they hold and what they bought last (§11.2). */
import type { Transaction } from '#db/connection.ts';
import type { Identifier } from '#domain/customers/identifiers.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { Offer } from '#domain/offers/offer.ts';
import { Purchase } from '#domain/events/purchase.ts';

/** The customers whom these identifiers name, in the order of the identifiers. */
export async function findByIdentifiers(transaction: Transaction, identifiers: readonly Identifier[]): Promise<string[]> {
  const rows = await transaction<{ id: string; place: number }[]>`
    select i.customer_id as id, min(t.place)::int as place
      from unnest(${identifiers.map(({ kind }) => kind)}::text[], ${identifiers.map(({ value }) => value)}::text[]) with ordinality t(kind, value, place)
      join customer_identifiers i on i.kind = t.kind and i.value = t.value group by i.customer_id order by 2`;
  return rows.map(({ id }) => id);
}

export type HeldVoucher = { code: string; offer: Offer; validFrom: Date; validUntil: Date | null };

/** Vouchers not used yet and not expired in workspace time, those that end first before the others. */
export async function listHeldVouchers(transaction: Transaction, workspaceId: string, customerId: string): Promise<HeldVoucher[]> {
  const rows = await transaction<{ code: string; definition: unknown; validFrom: Date; validUntil: Date | null }[]>`
    select v.code, o.definition, v.valid_from as "validFrom", v.valid_until as "validUntil" from vouchers v join offers o on o.id = v.offer_id
     where v.customer_id = ${customerId} and v.status = 'issued' and (v.valid_until is null or v.valid_until >= workspace_now(${workspaceId}))
     order by v.valid_until nulls last, v.id limit 50`;
  return rows.map(({ definition, ...row }) => ({ ...row, offer: Offer.parse(definition) }));
}

export type LastPurchase = { orderId: string; amountMinor: number; occurredAt: Date; store: string | null; returned: boolean };

/** The purchase that happened last, also when it came back since; null when there is none. */
export async function findLastPurchase(transaction: Transaction, customerId: string): Promise<LastPurchase | null> {
  const [row] = await transaction<{ orderId: string; purchase: unknown; occurredAt: Date; store: string | null; returned: boolean }[]>`
    select o.order_id as "orderId", o.purchase, o.occurred_at as "occurredAt", o.returned_whole or o.returned <> '{}' as returned,
           (select s.external_id from events e join stores s on s.id = e.store_id where e.id = o.event_id) as store
      from orders o where o.customer_id = ${customerId} order by o.occurred_at desc, o.order_id desc limit 1`;
  return row ? { orderId: row.orderId, amountMinor: Purchase.parse(row.purchase).amountMinor, occurredAt: row.occurredAt, store: row.store, returned: row.returned } : null;
}

export async function listAllProgrammes(transaction: Transaction): Promise<LoyaltyProgramme[]> {
  const rows = await transaction<{ definition: unknown }[]>`select definition from programmes order by key`;
  return rows.map(({ definition }) => LoyaltyProgramme.parse(definition));
}

export type TillStore = { id: string; externalId: string; name: string; city: string | null; timeZone: string };

/** Stores that are open on the workspace's date today, by name. */
export const listOpenStores = (transaction: Transaction, workspaceId: string): Promise<TillStore[]> => transaction<TillStore[]>`
  select id, external_id as "externalId", name, city, time_zone as "timeZone" from stores
   where (opens_on is null or opens_on <= (workspace_now(${workspaceId}) at time zone time_zone)::date)
     and (closes_on is null or closes_on >= (workspace_now(${workspaceId}) at time zone time_zone)::date) order by name, external_id`;
