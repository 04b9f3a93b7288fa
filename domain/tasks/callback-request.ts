/** A customer who asks to be called becomes a call on the list (§4.6), whether or not a journey listens. */
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import { cutText } from '#domain/shared/cut-text.ts';
import { parseInstant } from '#domain/shared/time.ts';
import type { PlannedTask } from './task.ts';

export const CALLBACK_REQUESTED = 'callback.requested';

const textIn = (value: unknown, longest: number): string => (typeof value === 'string' ? cutText(value.trim(), longest) : '');

/**
 * The call that a request asks for, due at its `at` when that is still to come, else at once. `topic` becomes its title and `note` its note.
 * Null for any other event, and for one told as history.
 */
export function requestedCall(event: CustomerEvent, facts: Pick<CustomerFacts, 'profile'>): PlannedTask | null {
  if (event.type !== CALLBACK_REQUESTED || event.historical) return null;
  const { topic, note, at } = event.properties;
  const asked = typeof at === 'string' ? parseInstant(at) : null;
  const { storeId = null } = facts.profile;
  return {
    key: `event:${event.id}`, kind: 'call', title: textIn(topic, 200), note: textIn(note, 2_000) || null, assignedTo: storeId ? 'store' : 'anyone', storeId, adviser: null, memberId: null,
    createdAt: event.acceptedAt, dueAt: Math.max(asked ?? event.acceptedAt, event.acceptedAt), from: null, eventId: event.id,
  };
}
