/** What one may suppose of somebody a journey is tried on: that they do something, that a message comes to something, that they answer for a channel (§12.3). */
import type { Channel } from '#domain/customers/consent.ts';
import type { EventInHand } from '#domain/enrollments/state.ts';
import { SYSTEM_EVENT_TYPES, type SystemEventType } from '#domain/events/customer-event.ts';
import { nextDeliveryStatus } from '#domain/messages/delivery-status.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { changeConsent } from './hear-back.ts';
import type { Person } from './person.ts';
import type { SimulatedEvent } from './take-in-events.ts';
import { noteMessage, sayMessage, tellEvent, type World } from './world.ts';

export type Supposition = { at: Instant } & (
  /** `store`: the key of the store in which it happens. */
  | { kind: 'event'; type: string; properties: Record<string, unknown>; store?: string }
  /** Of the last message that left from this step. One that never left comes to nothing. */
  | { kind: 'click'; nodeId: string }
  | { kind: 'consent'; channel: Channel; state: 'granted' | 'denied' }
);

const isSystem = (type: string): type is SystemEventType => SYSTEM_EVENT_TYPES.some((known) => known === type);

/** The event as a till or a shop would post it; null for what is not posted from outside. */
export function postedEvent(supposed: Supposition, index: number, customerId: string): SimulatedEvent | null {
  if (supposed.kind !== 'event' || isSystem(supposed.type)) return null;
  const { at, type, properties, store } = supposed;
  const number = `try-${index + 1}`;
  const own = type === 'purchase' ? { orderId: number, ...properties } : properties;
  return { acceptedAt: at, input: { id: number, type, occurredAt: formatInstant(at), customer: { id: customerId }, properties: own, ...(store !== undefined && { store }) } };
}

/** Lets happen what is not posted from outside; answers the event that it makes, when it is one. */
export function suppose(world: World, person: Person, supposed: Supposition): EventInHand | null {
  const { at } = supposed;
  if (supposed.kind === 'consent') {
    changeConsent(world, person, { purpose: 'marketing', channel: supposed.channel, state: supposed.state, source: 'preferences', at }, at);
  } else if (supposed.kind === 'click') {
    const message = [...person.messages.values()].filter(({ nodeId, handedOverAt, status }) => nodeId === supposed.nodeId && handedOverAt !== null && handedOverAt <= at && status !== 'failed' && status !== 'bounced').at(-1);
    if (!message || message.clickedAt !== null) return null;
    Object.assign(message, { status: nextDeliveryStatus(message.status, { status: 'clicked' }), deliveredAt: message.deliveredAt ?? at, openedAt: message.openedAt ?? at, clickedAt: at });
    sayMessage(world, person, message, at);
    noteMessage(world, person, message, 'message.clicked', {}, at);
  } else if (isSystem(supposed.type)) {
    const { type, properties } = supposed;
    tellEvent(world, person, { type, properties, occurredAt: at }, at);
    return { id: '', type, occurredAt: at, storeId: null, properties };
  }
  return null;
}
