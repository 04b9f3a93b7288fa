/** A command: says an event of the brand, once for ever per id (§1.9). Whom it concerns is taken in by a runner, page by page, after the commit. */
import { createHash } from 'node:crypto';
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

/** `dueAt` is when customers are taken in; now when it is not given. `storeId` is a UUID. */
export type BusinessEventInput = { eventId: string; type: string; occurredAt: Instant; dueAt?: Instant; storeId: string | null; properties: Record<string, unknown> };

/** The same id with the same body is the same event; with another body it is a conflict. One that was cancelled is planned anew. */
export async function postBusinessEvent(context: CommandContext, input: BusinessEventInput, posted: unknown): Promise<{ businessEventId: string; duplicate: boolean }> {
  const { transaction, workspaceId, actor } = context;
  const { eventId, type, occurredAt, dueAt, storeId, properties } = input;
  const id = newId();
  const hash = createHash('sha256').update(canonicalBody(posted)).digest('hex');
  const now = await readNow(transaction, workspaceId);
  const [row] = await transaction<{ id: string; hash: string; revived: boolean }[]>`
    insert into business_events (id, workspace_id, event_id, body_hash, type, properties, store_id, occurred_at, due_at, state, posted_by, posted_at)
    values (${id}, ${workspaceId}, ${eventId}, decode(${hash}, 'hex'), ${type}, ${transaction.json(properties as JSONValue)}, ${storeId}, ${formatInstant(occurredAt)}::text::timestamptz, ${formatInstant(dueAt ?? now)}::text::timestamptz, 'planned', ${actor}, ${formatInstant(now)}::text::timestamptz)
    on conflict (workspace_id, event_id) do update set state = case when business_events.state = 'cancelled' then 'planned' else business_events.state end
    returning id, encode(body_hash, 'hex') as hash`;
  if (!row || row.hash !== hash) throw new PermanentError('event.conflict', 'Another business event was posted under this id: give each its own.');
  const duplicate = row.id !== id;
  if (!duplicate) await audit(context, { action: 'businessEvent.post', subject: eventId, after: { type } });
  return { businessEventId: row.id, duplicate };
}
