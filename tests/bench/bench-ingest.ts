/** Ingest against plain inserts of the same rows on the same server: what the promises of stage 1 (once, in order, answered after the commit) cost. */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { addBenchPeople, makeBenchWorkspace, measureRate, round, visitOf, type BenchStack } from '#tests/bench/bench-stack.ts';

const PEOPLE = 10_000;
const IN_FLIGHT = { single: 16, hundred: 4 };

export type IngestFigures = Record<'single' | 'hundred', { ingestPerSecond: number; plainInsertsPerSecond: number; ratio: number }>;

/** The rows that ingesting leaves behind, written by someone who asks nothing and promises nothing. */
async function insertPlainly(transaction: Transaction, workspaceId: string, events: { id: string; customerId: string; no: number }[]): Promise<void> {
  const at = new Date().toISOString();
  await Promise.all([
    insertRows(transaction, 'event_keys', events.map(({ id, customerId }) => ({ workspace_id: workspaceId, event_id: id, body_hash: `\\x${'ab'.repeat(32)}`, accepted_at: at, customer_id: customerId, answer: { id, status: 'accepted', eventId: id, customerId } }))),
    insertRows(transaction, 'events', events.map(({ id, customerId, no }) => ({
      id: newId(), workspace_id: workspaceId, customer_id: customerId, no, event_id: id, type: 'visit', source: 'merchant', occurred_at: at, accepted_at: at, historical: false,
      properties: { page: 'boots', seconds: 12 }, outcome: 'accepted', depth: 0,
    }))),
    transaction`update heads set last_event_no = last_event_no + 1, pending_since = coalesce(pending_since, clock_timestamp()) where customer_id = any(${events.map(({ customerId }) => customerId).sort()})`,
  ]);
}

export async function benchIngest(stack: BenchStack, scale: number): Promise<IngestFigures> {
  const { engine } = stack;
  const figures: Partial<IngestFigures> = {};
  for (const [name, size, jobs] of [['single', 1, 3_000 * scale], ['hundred', 100, 300 * scale]] as const) {
    const workspaceId = await makeBenchWorkspace(stack, `ingest-${name}`, Date.UTC(2026, 5, 16, 8));
    const people = await addBenchPeople(stack, workspaceId, PEOPLE);
    const person = (index: number): string => people[index % PEOPLE] ?? '';
    const batches = (prefix: string) => Array.from({ length: jobs }, (_, job) => Array.from({ length: size }, (__, index) => ({ id: `${prefix}-${job}-${index}`, customerId: person(job * size + index) })));
    const ingest = (prefix: string) => batches(prefix).map((batch) => () => ingestEvents(engine, workspaceId, batch.map(({ id, customerId }) => visitOf(id, `${customerId}@bench.test`))));
    const plain = (prefix: string) => batches(prefix).map((batch) => () => inWorkspace(engine.database, workspaceId, (transaction) => insertPlainly(transaction, workspaceId, batch.map((event) => ({ ...event, no: 1 })))));
    await measureRate([...ingest('warm').slice(0, 50), ...plain('warm-plain').slice(0, 50)], size, IN_FLIGHT[name]);
    const ingestPerSecond = await measureRate(ingest('event'), size, IN_FLIGHT[name]);
    const plainInsertsPerSecond = await measureRate(plain('plain'), size, IN_FLIGHT[name]);
    figures[name] = { ingestPerSecond: round(ingestPerSecond), plainInsertsPerSecond: round(plainInsertsPerSecond), ratio: round(ingestPerSecond / plainInsertsPerSecond, 2) };
  }
  return figures as IngestFigures;
}
