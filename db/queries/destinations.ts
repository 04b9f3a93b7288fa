/** Destinations of webhooks with how they fare, and the log of what was sent to one (§11.5). */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { DESTINATION_STATES, WEBHOOK_STATES, type WebhookState } from '#domain/webhooks/destination.ts';

const Why = z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() });
const DestinationRow = z.object({
  id: z.string(), name: z.string(), address: z.string(), types: z.array(z.string()), state: z.enum(DESTINATION_STATES), reason: Why.nullable(), failingSince: z.date().nullable(), takenAt: z.date().nullable(), createdAt: z.date(),
  previousUntil: z.date().nullable(), waiting: z.number(), failed: z.number(),
});
export type DestinationRow = z.infer<typeof DestinationRow>;

const columns = (transaction: Transaction) => transaction`
  d.id, d.name, d.address, d.types, d.state, d.reason, d.failing_since as "failingSince", d.taken_at as "takenAt", d.created_at as "createdAt", case when d.previous_until > clock_timestamp() then d.previous_until end as "previousUntil",
  (select count(*)::int from webhooks w where w.destination_id = d.id and w.state in ('queued', 'sending')) as waiting, (select count(*)::int from webhooks w where w.destination_id = d.id and w.state = 'failed') as failed`;

/** The oldest first. */
export const listDestinations = async (transaction: Transaction): Promise<DestinationRow[]> => (await transaction`select ${columns(transaction)} from destinations d order by d.id`).map((row) => DestinationRow.parse(row));

export async function findDestination(transaction: Transaction, id: string): Promise<DestinationRow | null> {
  const [row] = await transaction`select ${columns(transaction)} from destinations d where d.id = ${id}`;
  return row ? DestinationRow.parse(row) : null;
}

const WebhookRow = z.object({
  id: z.string(), type: z.string(), eventId: z.string().nullable(), customerId: z.string().nullable(), state: z.enum(WEBHOOK_STATES), attempts: z.number(), dueAt: z.date(), createdAt: z.date(), endedAt: z.date().nullable(),
  history: z.array(z.object({ at: z.string(), status: z.number().nullable(), reason: Why.nullable(), tookMs: z.number().nullable() })),
});
export type WebhookRow = z.infer<typeof WebhookRow>;

/** The newest first. */
export async function listWebhooks(transaction: Transaction, destinationId: string, page: { state?: WebhookState | undefined; before: string | null; limit: number }): Promise<WebhookRow[]> {
  const rows = await transaction`
    select id, type, event_id as "eventId", customer_id as "customerId", state, attempts, due_at as "dueAt", created_at as "createdAt", ended_at as "endedAt", history from webhooks
     where destination_id = ${destinationId} and (${page.state ?? null}::text is null or state = ${page.state ?? null}) and (${page.before}::uuid is null or id < ${page.before}::uuid) order by id desc limit ${page.limit}`;
  return rows.map((row) => WebhookRow.parse(row));
}
