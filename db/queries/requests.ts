/** HTTP requests of journeys as lists show them: where they went and how they ended, never what they carried. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { HTTP_METHODS } from '#domain/requests/planned-request.ts';

const RequestRow = z.object({
  id: z.string(), key: z.string(), customerId: z.string(), journeyId: z.string(), nodeId: z.string(), visit: z.number(), method: z.enum(HTTP_METHODS), host: z.string(),
  state: z.enum(['queued', 'sending', 'answered', 'failed', 'withdrawn']), attempts: z.number(), status: z.number().nullable(), reason: z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() }).nullable(),
  plannedAt: z.date(), answeredAt: z.date().nullable(),
});
export type RequestRow = z.infer<typeof RequestRow>;

export type RequestFilter = { journeyId?: string | undefined; customerId?: string | undefined; state?: string | undefined; before?: string | undefined; limit: number };

export async function listRequests(transaction: Transaction, { journeyId, customerId, state, before, limit }: RequestFilter): Promise<RequestRow[]> {
  const rows = await transaction`
    select id, key, customer_id as "customerId", journey_id as "journeyId", node_id as "nodeId", visit, method, substring(address from '^https://([^/?]*)') as host, state, attempts, status, reason,
           planned_at as "plannedAt", answered_at as "answeredAt" from http_requests
     where (${journeyId ?? null}::uuid is null or journey_id = ${journeyId ?? null}) and (${customerId ?? null}::uuid is null or customer_id = ${customerId ?? null})
       and (${state ?? null}::text is null or state = ${state ?? null}) and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid) order by id desc limit ${limit}`;
  return rows.map((row) => RequestRow.parse(row));
}
