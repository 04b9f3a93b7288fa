/** The opening of a store is an event of the brand (§1.9): planned for nine in the morning of its first day, in the store's zone, and called off when the day is another one. */
import { openingMoment } from '#domain/events/opening.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import type { CommandContext } from './command-context.ts';
import { postBusinessEvent } from './post-business-event.ts';

const openingId = (externalId: string, day: string): string => `store.opened:${externalId}:${day}`;

export async function planOpening(context: CommandContext, store: { storeId: string; externalId: string; name: string; city?: string | undefined; timeZone: string; opensOn?: string | undefined }): Promise<void> {
  const { transaction, workspaceId } = context;
  const { storeId, externalId, name, city, timeZone, opensOn } = store;
  const eventId = opensOn ? openingId(externalId, opensOn) : null;
  await transaction`update business_events set state = 'cancelled' where store_id = ${storeId} and type = 'store.opened' and state = 'planned' and event_id <> ${eventId ?? ''}`;
  if (!opensOn || !eventId) return;
  const now = await readNow(transaction, workspaceId);
  const opensAt = openingMoment(opensOn, timeZone, now);
  if (opensAt === null) return;
  const dueAt = Math.max(opensAt, now);
  const properties = { store: externalId, name, ...(city && { city }), opensOn };
  const { duplicate } = await postBusinessEvent(context, { eventId, type: 'store.opened', occurredAt: opensAt, dueAt, storeId, properties }, { eventId });
  // What is said of a store that has not opened yet may still change with it.
  if (duplicate) await transaction`update business_events set properties = ${transaction.json(properties)}, due_at = ${formatInstant(dueAt)}::text::timestamptz, occurred_at = ${formatInstant(opensAt)}::text::timestamptz where event_id = ${eventId} and state = 'planned'`;
}
