/** Simulations as the API reads them. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';

const Instant = z.date().transform((date) => date.getTime());
const Row = z.object({
  id: z.string(), state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']), progress: z.number(), from: Instant, to: Instant, customersAsked: z.number(), replayFrom: z.number().nullable(),
  journeys: z.array(z.object({ journeyId: z.string(), key: z.string(), name: z.string() })), problem: z.string().nullable(), createdAt: z.date(), finishedAt: z.date().nullable(),
});
export type SimulationRow = z.infer<typeof Row>;

const columns = (transaction: Transaction) => transaction`
  id, state, progress, from_at as "from", to_at as "to", (request ->> 'customers')::int as "customersAsked", (request ->> 'replayFrom')::float8 as "replayFrom", problem,
  (select jsonb_agg(jsonb_build_object('journeyId', j ->> 'journeyId', 'key', j -> 'journey' ->> 'key', 'name', j -> 'journey' ->> 'name')) from jsonb_array_elements(request -> 'journeys') j) as journeys,
  created_at as "createdAt", finished_at as "finishedAt"`;

/** Newest first, those before `before`; of `storeIds` those that looked at nobody but their customers. */
export async function listSimulations(transaction: Transaction, page: { before: string | null; limit: number; storeIds: readonly string[] | null }): Promise<SimulationRow[]> {
  const rows = await transaction`select ${columns(transaction)} from simulations where (${page.before}::uuid is null or id < ${page.before}) and (${page.storeIds === null} or store_ids <@ ${[...(page.storeIds ?? [])]}::uuid[]) order by id desc limit ${page.limit}`;
  return rows.map((row) => Row.parse(row));
}

/** One with its result, which is null until it is done. */
export async function findSimulation(transaction: Transaction, id: string): Promise<(SimulationRow & { result: unknown }) | null> {
  const [row] = await transaction`select ${columns(transaction)}, result from simulations where id = ${id}`;
  return row ? { ...Row.parse(row), result: row['result'] } : null;
}
