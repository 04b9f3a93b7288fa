/**
 * A passer-by joins at a store, by its poster: found by their phone or made known, attached to the store, with what they ticked kept as proof; and an event,
 * once per customer and store, that a welcome begins with. Nothing that is answered tells whether the number was known.
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { noteServed } from '#db/queries/seen-customers.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import type { Identifier } from '#domain/customers/identifiers.ts';
import { JOIN_EVENT } from '#domain/places/place.ts';
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { appendSystemEvents } from './append-system-events.ts';
import { readNow } from './burst/gather.ts';
import type { Engine } from './engine.ts';
import { LOST_RACES, type OpenedPlace } from './open-place.ts';
import { keepAgreements, nameVisitor } from './record-visit.ts';
import { tryAgain } from './try-again.ts';

export type Joining = { phone: Identifier; firstName: string | null; language: string; /** The words beside the box, when it was ticked. */ agreed: { wording: string; wordingVersion: string } | null };

/** A name and a language are believed of somebody new only: anybody may write anybody's number. Whoever is attached to a store stays so. */
async function attach(transaction: Transaction, customerId: string, isNew: boolean, storeId: string, { firstName, language }: Joining): Promise<void> {
  const [row] = await transaction<{ profile: unknown }[]>`select profile from customers where id = ${customerId}`;
  const profile = CustomerProfile.parse(row?.profile ?? {});
  const next = { ...profile, storeId: profile.storeId ?? storeId, ...(isNew && { language, ...(firstName !== null && { firstName }) }) };
  await transaction`update customers set profile = ${transaction.json(next)} where id = ${customerId}`;
}

async function join(transaction: Transaction, { workspaceId, place }: OpenedPlace, storeId: string, joining: Joining): Promise<number> {
  const visitId = newId();
  const now = await readNow(transaction, workspaceId);
  const at = formatInstant(now);
  const agreedTo = joining.agreed ? [{ channel: 'sms' as const, ...joining.agreed }] : [];
  const visit = { place, customerId: null, identifiers: [joining.phone], position: null, agreedTo };
  const { customerId, isNew, events } = await nameVisitor(transaction, workspaceId, visit, visitId, now);
  await attach(transaction, customerId, isNew, storeId, joining);
  await noteServed(transaction, workspaceId, [{ customerId, storeId }]);
  const agreed = await keepAgreements(transaction, workspaceId, customerId, visitId, visit, now);
  const [before] = await transaction`select from place_visits where place_id = ${place.id} and customer_id = ${customerId} limit 1`;
  if (before) return events + agreed;
  await transaction`insert into place_visits (id, workspace_id, place_id, customer_id, at) values (${visitId}, ${workspaceId}, ${place.id}, ${customerId}, ${at}::text::timestamptz)`;
  const properties = { store: place.store, storeName: place.storeName, agreed: agreedTo.length > 0 };
  await insertRows(transaction, 'event_types', [{ workspace_id: workspaceId, type: JOIN_EVENT, sample: properties, first_seen_at: at }], 'ignore');
  return events + agreed + (await appendSystemEvents(transaction, workspaceId, [{ customerId, type: JOIN_EVENT, source: 'merchant', depth: 0, occurredAt: now, storeId, eventId: `join:${visitId}`, properties }]));
}

export async function joinStore(engine: Engine, opened: OpenedPlace, joining: Joining): Promise<void> {
  const { storeId } = opened.place;
  if (storeId === null) return;
  const events = await tryAgain(() => inWorkspace(engine.database, opened.workspaceId, (transaction) => join(transaction, opened, storeId, joining)), LOST_RACES);
  if (events > 0) engine.hintRouters();
}

/** The key of a store's poster among the places: made of the store's id, which never changes. */
export const posterKeyOf = (storeId: string): string => formatId('store', storeId).replace('_', '-');
