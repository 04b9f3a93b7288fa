/** Requests of journeys as rows of their outbox (§4.3): put there by a burst, taken out again with the enrollment that asked (§2.6). */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import type { Reason } from '#domain/enrollments/effects.ts';
import type { CustomerEffect } from '#engine/burst/write-messages.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';

export const insertRequests = (transaction: Transaction, workspaceId: string, effects: readonly CustomerEffect[]): Promise<void> =>
  insertRows(transaction, 'http_requests', effects.flatMap(({ customerId, effect }) => {
    if (effect.kind !== 'sendRequest') return [];
    const { key, method, address, headers, body, timeoutSeconds, sandboxAnswer, plannedAt, enrollmentId, journeyId, versionId, nodeId, visit } = effect.request;
    return [{
      id: newId(), workspace_id: workspaceId, key, customer_id: customerId, journey_id: journeyId, version_id: versionId, enrollment_id: enrollmentId, node_id: nodeId, visit, depth: effect.depth,
      method, address, headers, body, timeout_seconds: timeoutSeconds, sandbox_answer: sandboxAnswer, state: 'queued', planned_at: formatInstant(plannedAt), not_before: formatInstant(plannedAt), attempts: 0,
    }];
  }));

/** What has not been asked yet is not asked any more; what is under way ends by itself, and its answer finds nobody waiting. */
export async function withdrawRequests(transaction: Transaction, reasons: ReadonlyMap<string, Reason>, now: Instant): Promise<void> {
  if (reasons.size === 0) return;
  await transaction`
    update http_requests h set state = 'withdrawn', answered_at = ${formatInstant(now)}::text::timestamptz, reason = r.reason
      from jsonb_to_recordset(${transaction.json([...reasons].map(([enrollment_id, reason]) => ({ enrollment_id, reason })) as never)}) r(enrollment_id uuid, reason jsonb)
     where h.enrollment_id = r.enrollment_id and h.enrollment_id = any(${[...reasons.keys()]}) and h.state = 'queued'`;
}
