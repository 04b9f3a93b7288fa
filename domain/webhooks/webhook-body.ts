/**
 * What a webhook says (§11.5): type, time and data, as Standard Webhooks has it (https://www.standardwebhooks.com). It is made of the event as it is kept, which
 * never changes, so every attempt carries the same bytes. Of the customer it names our id and the brand's own, no address of theirs.
 */
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { TEST_TYPE } from '#domain/webhooks/destination.ts';

export type ToldEvent = {
  /** UUIDs. */
  id: string;
  customerId: string | null;
  type: string;
  occurredAt: Instant;
  acceptedAt: Instant;
  externalId: string | null;
  /** The store's own reference. */
  store: string | null;
  properties: Record<string, unknown>;
};

export const webhookBody = ({ id, type, customerId, externalId, occurredAt, acceptedAt, store, properties }: ToldEvent, isSandbox: boolean): string => JSON.stringify({
  type, timestamp: formatInstant(occurredAt),
  data: {
    eventId: formatId('event', id), customer: customerId === null ? null : { id: formatId('customer', customerId), externalId }, store, acceptedAt: formatInstant(acceptedAt), sandbox: isSandbox, properties,
  },
});

/** What a test delivery says. */
export const testBody = (name: string, at: Instant): string =>
  JSON.stringify({ type: TEST_TYPE, timestamp: formatInstant(at), data: { destination: name, text: 'This is a test of Parcours. Nothing has happened.' } });
