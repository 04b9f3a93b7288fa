/** Programmes, offers and vouchers as the API and the pages read them. */
import type { Transaction } from '#db/connection.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { Offer } from '#domain/offers/offer.ts';

export type OfferRow = { id: string; definition: Offer; stockTotal: number | null; granted: number; redeemed: number; updatedAt: Date };

/** Offers in the order of their keys, those after `after`; one by its key. */
export async function listOffers(transaction: Transaction, page: { after: string | null; key: string | null; limit: number }): Promise<OfferRow[]> {
  const rows = await transaction<(Omit<OfferRow, 'definition'> & { definition: unknown })[]>`
    select o.id, o.definition, o.stock_total as "stockTotal", o.updated_at as "updatedAt",
           (select count(*)::int from vouchers v where v.offer_id = o.id) as granted, (select count(*)::int from vouchers v where v.offer_id = o.id and v.redeemed_at is not null) as redeemed
      from offers o where (${page.after}::text is null or o.key > ${page.after}) and (${page.key}::text is null or o.key = ${page.key}) order by o.key limit ${page.limit}`;
  return rows.map((row) => ({ ...row, definition: Offer.parse(row.definition) }));
}

export type ProgrammeRow = { id: string; definition: LoyaltyProgramme; revision: number; updatedAt: Date };
export async function listProgrammes(transaction: Transaction, page: { after: string | null; key: string | null; limit: number }): Promise<ProgrammeRow[]> {
  const rows = await transaction<(Omit<ProgrammeRow, 'definition'> & { definition: unknown })[]>`
    select id, definition, revision, updated_at as "updatedAt" from programmes
     where (${page.after}::text is null or key > ${page.after}) and (${page.key}::text is null or key = ${page.key}) order by key limit ${page.limit}`;
  return rows.map((row) => ({ ...row, definition: LoyaltyProgramme.parse(row.definition) }));
}

export type VoucherRow = { id: string; code: string; offerKey: string; customerId: string; status: 'issued' | 'redeemed' | 'revoked'; validFrom: Date; validUntil: Date | null; issuedAt: Date; redeemedAt: Date | null; orderId: string | null };

/** Vouchers, newest first, those before `before`; of one customer, one code or one offer when asked. */
export const listVouchers = (transaction: Transaction, by: { customerId: string | null; code: string | null; offerKey: string | null; before: string | null; limit: number }): Promise<VoucherRow[]> => transaction<VoucherRow[]>`
  select v.id, v.code, o.key as "offerKey", v.customer_id as "customerId", v.status, v.valid_from as "validFrom", v.valid_until as "validUntil", v.issued_at as "issuedAt", v.redeemed_at as "redeemedAt", v.order_id as "orderId"
    from vouchers v join offers o on o.id = v.offer_id
   where (${by.customerId}::uuid is null or v.customer_id = ${by.customerId}) and (${by.code}::text is null or v.code = ${by.code}) and (${by.offerKey}::text is null or o.key = ${by.offerKey}) and (${by.before}::uuid is null or v.id < ${by.before})
   order by v.id desc limit ${by.limit}`;

/** One account of a programme, by the postings of the ledger and by the balances kept beside it: the two are equal, and all accounts sum to zero (§10.1). */
export type AccountFigures = { account: string; ledger: number; balances: number; customers: number };
export const readAccounts = (transaction: Transaction, workspaceId: string, programmeKey: string): Promise<AccountFigures[]> => transaction<AccountFigures[]>`
  select coalesce(p.account, b.account) as account, coalesce(p.amount, 0)::bigint as ledger, coalesce(b.amount, 0)::bigint as balances, coalesce(b.customers, 0)::int as customers
    from (select account, sum(amount) as amount from postings where workspace_id = ${workspaceId} and programme_key = ${programmeKey} group by account) p
    full join (select account, sum(amount) as amount, count(*) filter (where amount <> 0) as customers from balances where programme_key = ${programmeKey} group by account) b on b.account = p.account
   order by 1`;
