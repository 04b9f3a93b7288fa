/** Brings products into the catalogue. An import is no news: neither a lower price nor a stock that is back is an event of the brand by it (§1.11). */
import type { Placed } from '#domain/imports/gather-orders.ts';
import type { ProductRow } from '#domain/imports/read-row.ts';
import { count, newLanding, type Landing, type LandingContext } from './landing.ts';

type Product = { name: Record<string, string>; categories: string[]; priceMinor: number; costMinor: number | null; stock: number | null; picture: string | null; url: string | null };
type Stored = { sku: string; name: Record<string, string>; categories: string[]; price_minor: string | number; cost_minor: string | number | null; stock: number | null; picture: string | null; url: string | null };

const numberOrNull = (value: string | number | null): number | null => (value === null ? null : Number(value));

/** The product after the row. `fill` keeps what is there. */
function landProduct(known: Product | undefined, row: ProductRow, fills: boolean): Product {
  if (!known) return { name: row.name, categories: row.categories ?? [], priceMinor: row.priceMinor, costMinor: row.costMinor, stock: row.stock, picture: row.picture, url: row.url };
  if (fills) return { ...known, name: { ...row.name, ...known.name }, categories: known.categories.length > 0 ? known.categories : (row.categories ?? []), costMinor: known.costMinor ?? row.costMinor, stock: known.stock ?? row.stock, picture: known.picture ?? row.picture, url: known.url ?? row.url };
  return { name: { ...known.name, ...row.name }, categories: row.categories ?? known.categories, priceMinor: row.priceMinor, costMinor: row.costMinor ?? known.costMinor, stock: row.stock ?? known.stock, picture: row.picture ?? known.picture, url: row.url ?? known.url };
}

const says = ({ name, categories, priceMinor, costMinor, stock, picture, url }: Product): string => JSON.stringify([Object.entries(name).sort(([a], [b]) => (a < b ? -1 : 1)), categories, priceMinor, costMinor, stock, picture, url]);

export async function landProducts({ transaction, workspace, settings }: LandingContext, rows: Placed<ProductRow>[]): Promise<Landing> {
  const landing = newLanding();
  const skus = [...new Set(rows.map(({ row }) => row.sku))].sort();
  const stored = await transaction<Stored[]>`select sku, name, categories, price_minor, cost_minor, stock, picture, url from products where sku = any(${skus}) order by sku for no key update`;
  const products = new Map(stored.map(({ sku, name, categories, price_minor, cost_minor, stock, picture, url }) => [sku, { name, categories, priceMinor: Number(price_minor), costMinor: numberOrNull(cost_minor), stock, picture, url }]));
  const touched = new Set<string>();
  for (const { row } of rows) {
    const known = products.get(row.sku);
    const after = landProduct(known, row, settings.known === 'fill');
    if (known && (settings.known === 'leave' || says(known) === says(after))) {
      count(landing, says(known) === says(after) ? 'left.same' : 'left.known');
      continue;
    }
    products.set(row.sku, after);
    touched.add(row.sku);
    count(landing, known ? 'updated' : 'created');
  }
  const put = [...touched].sort().flatMap((sku) => {
    const product = products.get(sku);
    return product ? [{ sku, name: product.name, categories: product.categories, price_minor: product.priceMinor, cost_minor: product.costMinor, stock: product.stock, picture: product.picture, url: product.url }] : [];
  });
  if (put.length > 0) await transaction`
    insert into products (workspace_id, sku, name, categories, price_minor, cost_minor, stock, picture, url)
    select ${workspace.id}, sku, name, categories, price_minor, cost_minor, stock, picture, url
      from jsonb_to_recordset(${transaction.json(put as never)}) p(sku text, name jsonb, categories text[], price_minor bigint, cost_minor bigint, stock int, picture text, url text)
    on conflict (workspace_id, sku) do update set name = excluded.name, categories = excluded.categories, price_minor = excluded.price_minor, cost_minor = excluded.cost_minor, stock = excluded.stock, picture = excluded.picture, url = excluded.url`;
  return landing;
}
