/** The last event of each type that the workspace has seen, of `storeIds` the last that happened there: the newest row of each, found by its index. */
import type { Transaction } from '#db/connection.ts';

export type LastEventRow = { type: string; firstSeenAt: Date; eventId: string | null; occurredAt: Date | null; acceptedAt: Date | null; customerId: string | null; properties: Record<string, unknown> | null };

export const listLastEvents = (transaction: Transaction, workspaceId: string, storeIds: readonly string[] | null): Promise<LastEventRow[]> => transaction<LastEventRow[]>`
  select t.type, t.first_seen_at as "firstSeenAt", e.event_id as "eventId", e.occurred_at as "occurredAt", e.accepted_at as "acceptedAt", e.customer_id as "customerId", e.properties
    from event_types t left join lateral (
      select event_id, occurred_at, accepted_at, customer_id, properties from events where workspace_id = ${workspaceId} and type = t.type and outcome = 'accepted'
         and (${storeIds === null} or store_id = any(${[...(storeIds ?? [])]}::uuid[])) order by id desc limit 1) e on true
   order by e.accepted_at desc nulls last, t.type limit 500`;
