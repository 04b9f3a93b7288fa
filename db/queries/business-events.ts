/** Events of the brand, with how far each is. */
import type { Transaction } from '#db/connection.ts';

export type BusinessEventLine = {
  id: string; eventId: string; type: string; properties: Record<string, unknown>; store: string | null; occurredAt: Date; dueAt: Date; state: 'planned' | 'running' | 'done' | 'cancelled';
  looked: number; total: number; concerned: number; finishedAt: Date | null;
};

const columns = (transaction: Transaction) => transaction`
  b.id, b.event_id as "eventId", b.type, b.properties, s.external_id as store, b.occurred_at as "occurredAt", b.due_at as "dueAt", b.state, b.looked, b.total, b.concerned, b.finished_at as "finishedAt"
  from business_events b left join stores s on s.id = b.store_id`;

export async function findBusinessEvent(transaction: Transaction, id: string): Promise<BusinessEventLine | null> {
  const [row] = await transaction<BusinessEventLine[]>`select ${columns(transaction)} where b.id = ${id}`;
  return row ?? null;
}

export const listBusinessEvents = (transaction: Transaction, { before, limit }: { before: string | null; limit: number }): Promise<BusinessEventLine[]> => transaction<BusinessEventLine[]>`
  select ${columns(transaction)} where (${before}::uuid is null or b.id < ${before}) order by b.id desc limit ${limit}`;
