/**
 * What became of a message, told twice in the transaction that made it so: a line of the customer's timeline and, when somebody listens,
 * an event (stage 5 hands on to stage 2). Codes and figures only, never content or an address.
 */
import { v7 } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import type { MessageRow } from '#db/queries/messages.ts';
import type { SystemEventType } from '#domain/events/customer-event.ts';
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';

export type MessageNote = {
  message: MessageRow;
  /** The event's type, or the trace's own code when it is no event, such as `message.held`. */
  code: SystemEventType | 'message.held' | 'message.channelChanged' | 'message.handedOver' | 'message.requeued';
  figures?: Record<string, unknown>;
  at: Instant;
};

const TRACE_ONLY = ['message.held', 'message.channelChanged', 'message.handedOver', 'message.requeued'] as const;
const isEvent = (code: MessageNote['code']): code is SystemEventType => !TRACE_ONLY.some((only) => only === code);

/** Writes the lines and the events; the caller holds the heads. Answers how many events were kept: hint the routers after the commit when it is not 0. */
export async function noteMessages(transaction: Transaction, workspaceId: string, notes: MessageNote[]): Promise<number> {
  if (notes.length === 0) return 0;
  await insertRows(transaction, 'traces', notes.map(({ message, code, figures = {}, at }) => ({
    id: v7(), workspace_id: workspaceId, customer_id: message.customerId, journey_id: message.journeyId, version_id: message.versionId,
    enrollment_id: message.enrollmentId, node_id: message.nodeId, visit: message.visit, kind: 'message',
    data: { code, messageId: message.id, messageKey: message.key, channel: message.channel, category: message.category, ...figures }, at: formatInstant(at),
  })));
  return appendSystemEvents(transaction, workspaceId, notes.flatMap(({ message, code, figures = {}, at }) => (isEvent(code) ? [{
    customerId: message.customerId, type: code, occurredAt: at,
    properties: {
      messageId: formatId('message', message.id), messageKey: message.key, channel: message.channel, category: message.category,
      journeyId: message.journeyId, enrollmentId: message.enrollmentId, nodeId: message.nodeId, ...figures,
    },
  }] : [])));
}
