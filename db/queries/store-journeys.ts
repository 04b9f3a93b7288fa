/** Which journeys somebody sees who acts for some stores only (§11.8): those whose draft and every version begin in their stores and nowhere else, so that nobody is inside but their customers. */
import type { Transaction } from '#db/connection.ts';

/** The keys of stores, by which journeys name them. */
export async function storeKeysOf(transaction: Transaction, storeIds: readonly string[]): Promise<Set<string>> {
  const rows = await transaction<{ key: string }[]>`select external_id as key from stores where id = any(${[...storeIds]}::uuid[])`;
  return new Set(rows.map(({ key }) => key));
}

/** Holds for the rows of `journeys j` that are within; for every one without a limit. */
export const withinStores = (transaction: Transaction, storeIds: readonly string[] | null) => {
  if (storeIds === null) return transaction`true`;
  const keys = transaction`(select coalesce(jsonb_agg(external_id), '[]') from stores where id = any(${[...storeIds]}::uuid[]))`;
  return transaction`coalesce(j.stores <@ ${keys}, false) and not exists (select from journey_versions v where v.journey_id = j.id and not coalesce(v.stores <@ ${keys}, false))`;
};

export async function isWithinStores(transaction: Transaction, storeIds: readonly string[], journeyId: string): Promise<boolean> {
  const [row] = await transaction`select from journeys j where j.id = ${journeyId} and ${withinStores(transaction, storeIds)}`;
  return row !== undefined;
}

/** The journey that a comment is about; null when there is none. */
export async function journeyOfComment(transaction: Transaction, commentId: string): Promise<string | null> {
  const [row] = await transaction<{ journeyId: string }[]>`select journey_id as "journeyId" from journey_comments where id = ${commentId}`;
  return row?.journeyId ?? null;
}

/** Whether a simulation was run for nobody beyond these stores. */
export async function simulatedWithin(transaction: Transaction, storeIds: readonly string[], simulationId: string): Promise<boolean> {
  const [row] = await transaction`select from simulations where id = ${simulationId} and store_ids <@ ${[...storeIds]}::uuid[]`;
  return row !== undefined;
}
