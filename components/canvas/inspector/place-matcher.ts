/** How a visit to places is said as an event: which matchers the field for places can show, and what it writes (§1.10). */
import type { EventMatcher } from '#domain/events/customer-event.ts';
import type { Trigger } from '#domain/journeys/trigger.ts';

export const VISIT_EVENT = 'place.visited';
export const PLACE_FIELD = 'event.properties.place';
export const ANY_PLACE: EventMatcher = { type: VISIT_EVENT };

/** The keys that a matcher of visits asks for, none for any; null when it is another event, or asks for more than that. */
export function placesOf({ type, where }: EventMatcher): string[] | null {
  if (type !== VISIT_EVENT) return null;
  if (where === undefined) return [];
  if (!('field' in where) || where.field !== PLACE_FIELD) return null;
  if (where.is === 'in' && Array.isArray(where.value)) return where.value.map(String);
  return where.is === 'equals' && typeof where.value === 'string' ? [where.value] : null;
}

/** Whether this form can say what takes people in: a visit, and at which places. */
export const beginsAtPlace = (trigger: Trigger): boolean => trigger.kind === 'event' && placesOf(trigger.event) !== null;
