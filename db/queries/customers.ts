/** Customers as the API and the pages read them: one with all that is declared and derived of it, and the search. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { seenBy } from '#db/queries/seen-customers.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import type { Identifier, IdentifierKind } from '#domain/customers/identifiers.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';

const Row = z.object({
  id: z.string(), profile: CustomerProfile, figures: CustomerFigures, createdAt: z.date(),
  identifiers: z.array(z.object({ kind: z.enum(['card', 'externalId', 'email', 'phone']), value: z.string() })),
});
export type CustomerRow = z.infer<typeof Row>;

const columns = (transaction: Transaction) => transaction`
  c.id, c.profile, c.figures, c.created_at as "createdAt",
  coalesce((select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) order by i.kind, i.created_at) from customer_identifiers i where i.customer_id = c.id), '[]') as identifiers`;

export async function findCustomer(transaction: Transaction, id: string): Promise<CustomerRow | null> {
  const [row] = await transaction`select ${columns(transaction)} from customers c where c.id = ${id}`;
  return row ? Row.parse(row) : null;
}

/** Customers by an identifier in its normal form, or by the beginning of a first or last name; those after the id `after`, in the order of their ids. */
export async function searchCustomers(transaction: Transaction, by: { identifier?: Identifier; name?: string | undefined; after: string | null; limit: number; /** The only stores whose customers are seen; null when there is no such limit. */ storeIds: string[] | null }): Promise<CustomerRow[]> {
  const { identifier, name = null, after, limit, storeIds } = by;
  const pattern = name === null ? null : `${name.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await transaction`
    select ${columns(transaction)} from customers c
     where (${after}::uuid is null or c.id > ${after}) ${storeIds === null ? transaction`` : transaction`and c.id in (${seenBy(transaction, storeIds)})`}
       and (${identifier?.kind ?? null}::text is null or c.id in (select customer_id from customer_identifiers where kind = ${identifier?.kind ?? null} and value = ${identifier?.value ?? null}))
       and (${pattern}::text is null or c.profile ->> 'firstName' ilike ${pattern} or c.profile ->> 'lastName' ilike ${pattern}
            or (c.profile ->> 'firstName') || ' ' || (c.profile ->> 'lastName') ilike ${pattern})
     order by c.id limit ${limit}`;
  return rows.map((row) => Row.parse(row));
}

export type ConsentRow = { purpose: string; channel: string; state: 'granted' | 'denied'; source: string; wordingVersion: string | null; at: Date };
/** What is in force: the latest line of each purpose and channel. */
export const listConsents = (transaction: Transaction, customerId: string): Promise<ConsentRow[]> => transaction<ConsentRow[]>`
  select distinct on (purpose, channel) purpose, channel, state, source, wording_version as "wordingVersion", at from consents
   where customer_id = ${customerId} order by purpose, channel, id desc`;

export type BalanceRow = { programme: string; amount: number };
export const listBalances = (transaction: Transaction, customerId: string): Promise<BalanceRow[]> => transaction<BalanceRow[]>`
  select programme_key as programme, amount from balances where customer_id = ${customerId} and account = 'customer:available' order by programme_key`;

export type CustomerEnrollmentRow = { id: string; journeyId: string; journeyName: string; nodeId: string; enteredAt: Date; wakeAt: Date | null; endedAt: Date | null; ending: string | null };
export const listEnrollmentsOf = (transaction: Transaction, customerId: string): Promise<CustomerEnrollmentRow[]> => transaction<CustomerEnrollmentRow[]>`
  select e.id, e.journey_id as "journeyId", j.name as "journeyName", e.node_id as "nodeId", e.entered_at as "enteredAt", e.wake_at as "wakeAt", e.ended_at as "endedAt", e.ending
    from enrollments e join journeys j on j.id = e.journey_id where e.customer_id = ${customerId} order by e.entered_at desc, e.id desc limit 200`;

/** The customer of an identifier, or null. */
export async function findByIdentifier(transaction: Transaction, identifier: { kind: IdentifierKind; value: string }): Promise<string | null> {
  const [row] = await transaction<{ id: string }[]>`select customer_id as id from customer_identifiers where kind = ${identifier.kind} and value = ${identifier.value}`;
  return row?.id ?? null;
}
