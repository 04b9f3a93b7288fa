/** Products by their article number, and by what somebody searches. */
import type { Transaction } from '#db/connection.ts';
import type { LineProducts } from '#domain/messages/name-lines.ts';
import type { CatalogueProduct } from '#domain/messages/show-products.ts';

export type ProductRow = {
  sku: string; name: Record<string, string>; categories: string[]; priceMinor: number; costMinor: number | null; stock: number | null; picture: string | null; url: string | null; archivedAt: Date | null;
};

const columns = (transaction: Transaction) => transaction`sku, name, categories, price_minor as "priceMinor", cost_minor as "costMinor", stock, picture, url, archived_at as "archivedAt"`;

/** Which products: those that are sold, of which some are left or nobody counts; those that are sold; those that are not sold any more. */
export const PRODUCT_SHOWS = ['available', 'current', 'archived', 'all'] as const;
export type ProductShow = (typeof PRODUCT_SHOWS)[number];

/**
 * By article number. `search`: each of its words begins a word of the article number, a name or a category; accents and case do not count. The index on words answers it
 * however many products there are.
 */
export async function listProducts(transaction: Transaction, { after, limit, search = '', category = null, show = 'all' }: { after: string | null; limit: number; search?: string; category?: string | null; show?: ProductShow }): Promise<ProductRow[]> {
  const [folded] = search.trim() === '' ? [] : await transaction<{ words: string }[]>`select fold_words(${search}::text) as words`;
  // Whoever asks for signs alone asks for nothing that a product has.
  if (folded?.words === '') return [];
  const asked = folded ? folded.words.split(' ').map((word) => `'${word}':*`).join(' & ') : null;
  return transaction<ProductRow[]>`
    select ${columns(transaction)} from products
     where (${after}::text is null or sku > ${after}) and (${asked}::text is null or search @@ ${asked}::text::tsquery) and (${category}::text is null or ${category} = any(categories))
       and case ${show}::text when 'all' then true when 'archived' then archived_at is not null when 'current' then archived_at is null else archived_at is null and coalesce(stock, 1) > 0 end
     order by sku limit ${limit}`;
}

export async function findProduct(transaction: Transaction, sku: string): Promise<ProductRow | null> {
  const [row] = await transaction<ProductRow[]>`select ${columns(transaction)} from products where sku = ${sku}`;
  return row ?? null;
}

/** The categories that products have, the most usual first. */
export async function listProductCategories(transaction: Transaction, limit: number): Promise<{ category: string; products: number }[]> {
  return transaction<{ category: string; products: number }[]>`
    select category, count(*)::int as products from products cross join unnest(categories) category where archived_at is null group by 1 order by 2 desc, 1 limit ${limit}`;
}

/** What the lines of a purchase or a cart show of the articles that are known, sold or not. */
export async function findLineProducts(transaction: Transaction, workspaceId: string, skus: readonly string[]): Promise<LineProducts> {
  if (skus.length === 0) return {};
  const rows = await transaction<{ sku: string; name: Record<string, string>; picture: string | null; url: string | null }[]>`select sku, name, picture, url from products where workspace_id = ${workspaceId} and sku = any(${[...skus]})`;
  return Object.fromEntries(rows.map(({ sku, ...product }) => [sku, product]));
}

/** What a message may show of these articles: those that can be bought now (§13.2). */
export async function findAvailableProducts(transaction: Transaction, workspaceId: string, skus: readonly string[]): Promise<CatalogueProduct[]> {
  if (skus.length === 0) return [];
  return transaction<CatalogueProduct[]>`
    select sku, name, price_minor as "priceMinor", picture, url from products where workspace_id = ${workspaceId} and sku = any(${[...skus]}) and archived_at is null and coalesce(stock, 1) > 0`;
}

/** A few articles, the dearest first: what an invented reader has bought. */
export async function findSomeProducts(transaction: Transaction, workspaceId: string, count: number): Promise<{ sku: string; priceMinor: number }[]> {
  return transaction<{ sku: string; priceMinor: number }[]>`select sku, price_minor::int as "priceMinor" from products where workspace_id = ${workspaceId} and archived_at is null order by price_minor desc, sku limit ${count}`;
}
