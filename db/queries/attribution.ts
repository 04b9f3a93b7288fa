/** What attribution looks at: the customers to whom a journey has written, all that they were sent, and what they bought. */
import type { Transaction } from '#db/connection.ts';
import { AttributionWindows, type Sale, type SentMessage } from '#domain/measurement/attribute.ts';

export async function readWindows(transaction: Transaction, workspaceId: string): Promise<AttributionWindows> {
  const [row] = await transaction<{ attribution: unknown }[]>`select attribution from workspaces where id = ${workspaceId}`;
  return AttributionWindows.parse(row?.attribution ?? {});
}

/** In the order of their ids, those after `after`. */
export async function listWrittenTo(transaction: Transaction, journeyId: string, page: { after: string | null; limit: number }): Promise<string[]> {
  const rows = await transaction<{ id: string }[]>`
    select distinct m.customer_id as id from messages m
     where m.journey_id = ${journeyId} and m.handed_over_at is not null and (${page.after}::uuid is null or m.customer_id > ${page.after}) order by 1 limit ${page.limit}`;
  return rows.map(({ id }) => id);
}

export type JourneyMessage = SentMessage & { customerId: string; journeyId: string | null; nodeId: string | null };
/** What was handed over and has not failed since. */
export async function listSent(transaction: Transaction, customerIds: string[]): Promise<JourneyMessage[]> {
  const rows = await transaction<{ id: string; customerId: string; journeyId: string | null; nodeId: string | null; channel: string; at: Date }[]>`
    select id, customer_id as "customerId", journey_id as "journeyId", node_id as "nodeId", channel, handed_over_at as at from messages
     where customer_id = any(${customerIds}) and handed_over_at is not null and status not in ('failed', 'bounced', 'suppressed')`;
  return rows.map(({ at, ...row }) => ({ ...row, handedOverAt: at.getTime() }));
}

export type CustomerSale = Sale & { customerId: string };
/** Accepted purchases, historical ones excepted: those were made elsewhere before. */
export async function listSales(transaction: Transaction, customerIds: string[]): Promise<CustomerSale[]> {
  const rows = await transaction<{ eventId: string; customerId: string; at: Date; amountMinor: number }[]>`
    select id as "eventId", customer_id as "customerId", occurred_at as at, coalesce((properties ->> 'amountMinor')::float8, 0) as "amountMinor" from events
     where customer_id = any(${customerIds}) and type = 'purchase' and outcome = 'accepted' and not historical`;
  return rows.map(({ at, ...row }) => ({ ...row, occurredAt: at.getTime() }));
}
