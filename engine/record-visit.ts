/** A customer at a place (§1.10): they are known or made known, what they agreed to is kept, and their visit is an event that journeys begin with. */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { readLocationConsent, type PlaceRow } from '#db/queries/places.ts';
import type { Channel } from '#domain/customers/channels.ts';
import type { Identifier } from '#domain/customers/identifiers.ts';
import type { Position } from '#domain/places/distance.ts';
import { refusePosition, SAME_VISIT_MS, VISIT_EVENT } from '#domain/places/place.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { appendSystemEvents } from './append-system-events.ts';
import { applyConsents } from './apply-consent.ts';
import { lockHeads, readNow } from './burst/gather.ts';
import { findPeople, resolveCustomers } from './ingest/resolve-customers.ts';
import { PermanentError } from './permanent-error.ts';

export type Visit = {
  place: PlaceRow;
  customerId: string | null;
  identifiers: Identifier[];
  /** Where a device says that the customer is; looked at and forgotten. */
  position: Position | null;
  /** What was ticked, and the words beside it. */
  agreedTo: { channel: Channel; wording: string; wordingVersion: string }[];
};
export type RecordedVisit = { customerId: string; counted: boolean; events: number };

const REFUSALS = {
  'location.noConsent': 'The customer has not consented to be located: leave the position out, or ask them first.',
  'location.outside': 'This position lies outside the area of the place.',
} as const;

/** Ticking a box does not take back a refusal: anybody may write anybody's address here. */
export async function keepAgreements(transaction: Transaction, workspaceId: string, customerId: string, visitId: string, { place, agreedTo }: Visit, at: Instant): Promise<number> {
  const denied = new Set((await transaction<{ channel: string }[]>`
    select channel from (select distinct on (channel) channel, state from consents where customer_id = ${customerId} and purpose = 'marketing' order by channel, id desc) c where state = 'denied'`).map(({ channel }) => channel));
  return applyConsents(transaction, workspaceId, agreedTo.filter(({ channel }) => place.asksFor.includes(channel) && !denied.has(channel)).map(({ channel, wording, wordingVersion }) => ({
    customerId, purpose: 'marketing' as const, channel, state: 'granted' as const, source: place.kind === 'join' ? 'poster' : 'place', wordingVersion, at, proof: { placeId: place.id, visitId, wording, ...(place.kind === 'join' && { store: place.store }) },
  })));
}

/** Names the customer and locks them; whoever is new is made known. */
export async function nameVisitor(transaction: Transaction, workspaceId: string, { customerId, identifiers, place }: Visit, visitId: string, now: Instant): Promise<{ customerId: string; isNew: boolean; events: number }> {
  const named = [{ eventId: visitId, customerId, identifiers, source: `place:${place.key}` }];
  const { resolved, created, phoned } = await resolveCustomers(transaction, workspaceId, named, await findPeople(transaction, named), now);
  const found = resolved.get(visitId);
  if (!found) throw new PermanentError('customer.unknown', 'There is no such customer.');
  await lockHeads(transaction, [found]);
  const told = [...(created.length > 0 ? [{ type: 'customer.created', properties: {} }] : []), ...(phoned.has(found) ? [{ type: 'customer.changed', properties: { fields: ['phone'] } }] : [])];
  const events = await appendSystemEvents(transaction, workspaceId, told.map((event) => ({ ...event, customerId: found, occurredAt: now })));
  return { customerId: found, isNew: created.length > 0, events };
}

/**
 * Records a visit in the caller's transaction. A second one of the same customer at the same place within ten minutes is the same visit and enters
 * nothing again. The event names the place and its store, never where exactly the customer was.
 */
export async function recordVisit(transaction: Transaction, workspaceId: string, visit: Visit): Promise<RecordedVisit> {
  const { place } = visit;
  if (place.revokedAt !== null) throw new PermanentError('place.closed', 'This place is closed.');
  const visitId = newId();
  const now = await readNow(transaction, workspaceId);
  const visitor = await nameVisitor(transaction, workspaceId, visit, visitId, now);
  const { customerId } = visitor;
  const refusal = refusePosition(visit.position, (await readLocationConsent(transaction, customerId))?.state === 'granted', place.area);
  if (refusal) throw new PermanentError(refusal.code, REFUSALS[refusal.code]);
  const agreed = await keepAgreements(transaction, workspaceId, customerId, visitId, visit, now);
  const [last] = await transaction`select 1 from place_visits where customer_id = ${customerId} and place_id = ${place.id} and at > ${formatInstant(now - SAME_VISIT_MS)}::text::timestamptz limit 1`;
  if (last) return { customerId, counted: false, events: visitor.events + agreed };
  const at = formatInstant(now);
  const properties = { place: place.key, placeName: place.name, placeKind: place.kind, store: place.store };
  await transaction`insert into place_visits (id, workspace_id, place_id, customer_id, at) values (${visitId}, ${workspaceId}, ${place.id}, ${customerId}, ${at}::text::timestamptz)`;
  await transaction`update customers set last_act_at = greatest(last_act_at, ${at}::text::timestamptz) where id = ${customerId}`;
  await insertRows(transaction, 'event_types', [{ workspace_id: workspaceId, type: VISIT_EVENT, sample: properties, first_seen_at: at }], 'ignore');
  const told = await appendSystemEvents(transaction, workspaceId, [{ customerId, type: VISIT_EVENT, source: 'merchant', depth: 0, occurredAt: now, storeId: place.storeId, eventId: `visit:${visitId}`, properties }]);
  return { customerId, counted: true, events: visitor.events + agreed + told };
}
