/** Who reached the goal of a split's test, and when: the accepted events of those who passed, asked by the kernel's own matcher. */
import type { Transaction } from '#db/connection.ts';
import { conditionNeeds } from '#domain/audiences/condition-needs.ts';
import { matchesEvent } from '#domain/enrollments/match-event.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { SplitPass, SplitTest } from '#domain/journeys/split-test.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { loadFacts } from '#engine/burst/load-facts.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';

const PEOPLE_AT_A_TIME = 500;

type EventRow = { id: string; no: number; customer_id: string; source: 'merchant' | 'system'; occurred_at: Date; accepted_at: Date; store_id: string | null; historical: boolean; properties: Record<string, unknown>; depth: number };

const toEvent = (type: string, row: EventRow): CustomerEvent => ({
  id: row.id, no: row.no, type, source: row.source, occurredAt: row.occurred_at.getTime(), acceptedAt: row.accepted_at.getTime(), storeId: row.store_id, historical: row.historical, properties: row.properties, depth: row.depth,
});

/** A condition on the customer is asked of what is known of them now. */
export async function findGoals(transaction: Transaction, workspaceId: string, { goal }: SplitTest, passes: readonly SplitPass[]): Promise<{ customerId: string; at: Instant }[]> {
  const goals: { customerId: string; at: Instant }[] = [];
  const firstAt = passes.reduce((first, { at }) => Math.min(first, at), Infinity);
  for (let from = 0; from < passes.length; from += PEOPLE_AT_A_TIME) {
    const ids = passes.slice(from, from + PEOPLE_AT_A_TIME).map(({ customerId }) => customerId);
    const events = await transaction<EventRow[]>`
      select id, no, customer_id, source, occurred_at, accepted_at, store_id, historical, properties, depth from events
       where customer_id = any(${ids}) and type = ${goal.type} and outcome = 'accepted' and no is not null and accepted_at >= ${formatInstant(firstAt)}`;
    const facts = goal.where && events.length > 0 ? await loadFactsOf(transaction, workspaceId, goal.where, [...new Set(events.map(({ customer_id }) => customer_id))]) : null;
    for (const row of events) {
      const mine = facts?.get(row.customer_id);
      if (goal.where && (!mine || !matchesEvent(goal, toEvent(goal.type, row), mine, {}))) continue;
      goals.push({ customerId: row.customer_id, at: row.accepted_at.getTime() });
    }
  }
  return goals;
}

async function loadFactsOf(transaction: Transaction, workspaceId: string, condition: Parameters<typeof conditionNeeds>[0], ids: string[]) {
  const [workspace, now] = await Promise.all([loadWorkspace(transaction, workspaceId), readNow(transaction, workspaceId)]);
  return loadFacts(transaction, workspace, [{ needs: conditionNeeds(condition) }], ids, new Map(ids.map((id) => [id, Number.MAX_SAFE_INTEGER])), now);
}
