/** Products by their article number. */
import type { Transaction } from '#db/connection.ts';
import type { ProductNames } from '#domain/messages/name-lines.ts';

/** The names of the articles that are known, in the languages they have. */
export async function findProductNames(transaction: Transaction, workspaceId: string, skus: readonly string[]): Promise<ProductNames> {
  if (skus.length === 0) return {};
  const rows = await transaction<{ sku: string; name: Record<string, string> }[]>`select sku, name from products where workspace_id = ${workspaceId} and sku = any(${[...skus]})`;
  return Object.fromEntries(rows.map(({ sku, name }) => [sku, name]));
}

/** A few articles, the dearest first: what an invented reader has bought. */
export async function findSomeProducts(transaction: Transaction, workspaceId: string, count: number): Promise<{ sku: string; priceMinor: number }[]> {
  return transaction<{ sku: string; priceMinor: number }[]>`select sku, price_minor::int as "priceMinor" from products where workspace_id = ${workspaceId} order by price_minor desc, sku limit ${count}`;
}
