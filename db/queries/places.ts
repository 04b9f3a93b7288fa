/** Places as the list, their own page and a passer-by's page read them, and who may be located. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { ALL_PLACE_KINDS } from '#domain/places/place.ts';

const PlaceRow = z.object({
  id: z.string(), key: z.string(), name: z.string(), kind: z.enum(ALL_PLACE_KINDS), storeId: z.string().nullable(), store: z.string().nullable(), storeName: z.string().nullable(),
  area: z.object({ latitude: z.number(), longitude: z.number(), radiusMeters: z.number() }).nullable(), invitation: z.record(z.string(), z.string()),
  asksFor: z.array(z.enum(CHANNELS)), codeId: z.string(), createdAt: z.date(), revokedAt: z.date().nullable(),
});
export type PlaceRow = z.infer<typeof PlaceRow>;
export type PlaceLine = PlaceRow & { visits: number; visitors: number };

const columns = (transaction: Transaction) => transaction`
  p.id, p.key, p.name, p.kind, p.store_id as "storeId", s.external_id as store, s.name as "storeName", p.invitation, p.asks_for as "asksFor", p.code_id as "codeId", p.created_at as "createdAt", p.revoked_at as "revokedAt",
  case when p.latitude is not null then jsonb_build_object('latitude', p.latitude, 'longitude', p.longitude, 'radiusMeters', p.radius_meters) end as area`;

/** By key; visits and visitors are counted from the visits themselves. */
export async function listPlaces(transaction: Transaction, page: { after: string | null; limit: number }): Promise<PlaceLine[]> {
  const rows = await transaction`
    select ${columns(transaction)}, v.visits, v.visitors from places p left join stores s on s.id = p.store_id
      cross join lateral (select count(*)::int as visits, count(distinct customer_id)::int as visitors from place_visits where place_id = p.id) v
     where (${page.after}::text is null or p.key > ${page.after}) order by p.key limit ${page.limit}`;
  return rows.map((row) => PlaceRow.extend({ visits: z.number(), visitors: z.number() }).parse(row));
}

/** The one of this key. */
export async function findPlace(transaction: Transaction, key: string): Promise<PlaceLine | null> {
  const [row] = await transaction`
    select ${columns(transaction)}, v.visits, v.visitors from places p left join stores s on s.id = p.store_id
      cross join lateral (select count(*)::int as visits, count(distinct customer_id)::int as visitors from place_visits where place_id = p.id) v where p.key = ${key}`;
  return row ? PlaceRow.extend({ visits: z.number(), visitors: z.number() }).parse(row) : null;
}

/** The one whose printed code names this, while it is open. */
export async function findPlaceOfCode(transaction: Transaction, codeId: string): Promise<PlaceRow | null> {
  const [row] = await transaction`select ${columns(transaction)} from places p left join stores s on s.id = p.store_id where p.code_id = ${codeId} and p.revoked_at is null`;
  return row ? PlaceRow.parse(row) : null;
}

export type LocationConsentRow = { state: 'granted' | 'denied'; source: string; wordingVersion: string | null; at: Date };
/** What the customer said last of being located; null when they never said anything, which is no. */
export async function readLocationConsent(transaction: Transaction, customerId: string): Promise<LocationConsentRow | null> {
  const [row] = await transaction<LocationConsentRow[]>`
    select state, source, wording_version as "wordingVersion", at from location_consents where customer_id = ${customerId} order by id desc limit 1`;
  return row ?? null;
}
