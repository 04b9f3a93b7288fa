/** Tills and the people at them, for their page and for the till itself. */
import type { Transaction } from '#db/connection.ts';

export type TillRow = { id: string; store: string; name: string; pairedAt: Date | null; lastSeenAt: Date | null; waiting: number; refused: number; codeExpiresAt: Date | null; createdAt: Date };
export type StaffRow = { id: string; store: string; name: string; lastUsedAt: Date | null; lockedUntil: Date | null };

/** Tills that were not revoked, of these stores or of all, by store and name. A code that is over is none. */
export const listTills = (transaction: Transaction, storeIds: string[] | null): Promise<TillRow[]> => transaction<TillRow[]>`
  select t.id, s.external_id as store, t.name, t.paired_at as "pairedAt", t.last_seen_at as "lastSeenAt", t.waiting, t.refused, t.created_at as "createdAt",
         case when t.code_expires_at > clock_timestamp() then t.code_expires_at end as "codeExpiresAt"
    from tills t join stores s on s.id = t.store_id
   where t.revoked_at is null and (${storeIds === null} or t.store_id = any(${storeIds ?? []}::uuid[])) order by s.name, s.external_id, t.name, t.id`;

export const listStaff = (transaction: Transaction, storeIds: string[] | null): Promise<StaffRow[]> => transaction<StaffRow[]>`
  select p.id, s.external_id as store, p.name, p.last_used_at as "lastUsedAt", case when p.locked_until > clock_timestamp() then p.locked_until end as "lockedUntil"
    from till_staff p join stores s on s.id = p.store_id
   where p.removed_at is null and (${storeIds === null} or p.store_id = any(${storeIds ?? []}::uuid[])) order by s.name, s.external_id, p.name, p.id`;

export type StoreOfTills = { id: string; externalId: string; name: string; city: string | null };

/** The stores that may have tills: all, or a merchant's. */
export const listStoresOfTills = (transaction: Transaction, storeIds: string[] | null): Promise<StoreOfTills[]> => transaction<StoreOfTills[]>`
  select id, external_id as "externalId", name, city from stores where ${storeIds === null} or id = any(${storeIds ?? []}::uuid[]) order by name, external_id`;

/** What a till said of its queue. */
export async function noteTill(transaction: Transaction, tillId: string, said: { waiting: number; refused: number }): Promise<void> {
  await transaction`update tills set last_seen_at = clock_timestamp(), waiting = ${said.waiting}, refused = ${said.refused} where id = ${tillId}`;
}
