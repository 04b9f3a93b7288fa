/** Refuses a drawing that reaches beyond the stores of whoever sends it (§11.8), with all that does. */
import type { Transaction } from '#db/connection.ts';
import { storeKeysOf } from '#db/queries/store-journeys.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { checkWithinStores } from '#domain/journeys/within-stores.ts';
import { ApiError } from '#app/api/problem.ts';

export async function requireWithinStores(transaction: Transaction, storeIds: readonly string[] | null, draft: Journey, under: string[]): Promise<void> {
  if (storeIds === null) return;
  const problems = checkWithinStores(draft, await storeKeysOf(transaction, storeIds));
  if (problems.length > 0) throw new ApiError('journey.beyondStores', problems[0]?.message ?? '', problems.map((problem) => ({ ...problem, path: [...under, ...problem.path] })));
}
