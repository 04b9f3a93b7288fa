/** The types of events that came, each with the last of them. */
import { z } from 'zod';
import { listLastEvents } from '#db/queries/event-activity.ts';
import { formatId } from '#domain/shared/ids.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, iso, Iso } from '#app/api/edge.ts';

const latest = defineRoute({
  method: 'GET', path: '/event-types/latest', noun: 'Events', summary: 'Read the last event of each type', scope: 'events:read',
  response: z.object({
    items: z.array(z.object({
      type: z.string(), firstSeenAt: Iso,
      last: z.object({ id: z.string(), occurredAt: Iso, acceptedAt: Iso, customerId: Id('customer').nullable(), properties: z.record(z.string(), z.unknown()) }).nullable(),
    })),
  }),
  async read({ transaction, workspaceId, storeIds }) {
    const rows = await listLastEvents(transaction, workspaceId, storeIds);
    return {
      items: rows.map(({ type, firstSeenAt, eventId, occurredAt, acceptedAt, customerId, properties }) => ({
        type, firstSeenAt: iso(firstSeenAt),
        last: eventId === null || occurredAt === null || acceptedAt === null ? null
          : { id: eventId, occurredAt: iso(occurredAt), acceptedAt: iso(acceptedAt), customerId: customerId === null ? null : formatId('customer', customerId), properties: properties ?? {} },
      })),
    };
  },
});

export const eventActivityRoutes = [latest];
