/** Facts are events: what the product itself changed becomes an event of the customer, in the same transaction, when a live plan or a destination listens (ARCHITECTURE 1.3). */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { noteServed } from '#db/queries/seen-customers.ts';
import { VISIT_EVENT } from '#domain/places/place.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { readNow } from './burst/gather.ts';
import { loadWorkspace } from './load-workspace.ts';
import { queueWebhooks } from './webhooks/queue-webhooks.ts';

export type SystemEvent = {
  customerId: string;
  /** A type of ours, or one that a journey makes. */
  type: string;
  properties: Record<string, unknown>;
  occurredAt: Instant;
  /** The id of the event that caused it, and how many of ours lie between it and the merchant's. */
  causeId?: string;
  depth?: number;
  /** A consequence of what was posted as history: it enters nothing either (§1.11). */
  historical?: boolean;
  /** A key of its own for an event that must never be there twice; whoever gives one has claimed it. */
  eventId?: string;
  storeId?: string | null;
  /** What came from outside by another way than the events' own; ours when absent. */
  source?: 'merchant';
};

/** Rare, and what somebody who opens the card asks about: kept for the timeline, whoever listens. */
const ALWAYS_KEPT: readonly string[] = ['relative.changed', 'contract.changed', VISIT_EVENT];

/** The caller holds the heads of these customers. Events that nobody listens to are dropped; answers how many were kept, so that the caller can hint the routers after its commit. */
export async function appendSystemEvents(transaction: Transaction, workspaceId: string, events: SystemEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  await noteServed(transaction, workspaceId, events.flatMap(({ customerId, storeId }) => (storeId ? [{ customerId, storeId }] : [])));
  const workspace = await loadWorkspace(transaction, workspaceId);
  const { listens } = workspace;
  const heard = events.filter((event) => listens.has(event.type) || ALWAYS_KEPT.includes(event.type));
  if (heard.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const event of heard) counts.set(event.customerId, (counts.get(event.customerId) ?? 0) + 1);
  const heads = await transaction<{ customer_id: string; last_event_no: number }[]>`
    update heads h set last_event_no = last_event_no + t.n, pending_since = coalesce(pending_since, clock_timestamp())
    from unnest(${[...counts.keys()]}::uuid[], ${[...counts.values()]}::bigint[]) t(c, n)
    where h.customer_id = t.c returning h.customer_id, h.last_event_no`;
  const next = new Map(heads.map((head) => [head.customer_id, head.last_event_no - counts.get(head.customer_id)!]));
  const acceptedAt = formatInstant(await readNow(transaction, workspaceId));
  const named = heard.map((event) => ({ ...event, id: newId() }));
  await insertRows(transaction, 'events', named.map((event) => {
    const { id } = event;
    const no = next.get(event.customerId)! + 1;
    next.set(event.customerId, no);
    return {
      id, workspace_id: workspaceId, customer_id: event.customerId, no, event_id: event.eventId ?? id, type: event.type, source: event.source ?? 'system',
      occurred_at: formatInstant(event.occurredAt), accepted_at: acceptedAt, store_id: event.storeId ?? null, historical: event.historical ?? false, properties: event.properties,
      outcome: 'accepted', cause_id: event.causeId ?? null, depth: event.depth ?? 1,
    };
  }));
  await queueWebhooks(transaction, workspace, named);
  return heard.length;
}
