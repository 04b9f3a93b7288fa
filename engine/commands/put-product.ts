/** Commands on the catalogue: a product is added, changed, taken out of the assortment and back. A price that falls and a stock that comes back are events of the brand (§1.9) when a live journey begins with them. */
import { v7 as newId } from 'uuid';
import { startedByBusiness } from '#domain/events/business-event.ts';
import { imageHashesIn } from '#domain/images/image-facts.ts';
import { readNow } from '#engine/burst/gather.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';
import { postBusinessEvent } from './post-business-event.ts';

/** `stock`: how many there are; not given means that nobody counts, or that the count stays; null that nobody counts any more. `picture` and `url`: null takes them away, not given leaves them. */
export type ProductInput = {
  sku: string; name: Record<string, string>; categories: string[]; priceMinor: number; costMinor?: number | undefined; stock?: number | null | undefined; picture?: string | null | undefined; url?: string | null | undefined;
};
type Before = { price_minor: string | number; stock: number | null; archived: boolean };

const newsOf = ({ priceMinor, stock }: ProductInput, before: Before): { type: string; properties: Record<string, unknown> }[] => (before.archived ? [] : [
  ...(priceMinor < Number(before.price_minor) ? [{ type: 'product.priceCut', properties: { priceMinor, previousPriceMinor: Number(before.price_minor) } }] : []),
  ...(before.stock === 0 && stock ? [{ type: 'product.backInStock', properties: { stock } }] : []),
]);

export async function putProduct(context: CommandContext, product: ProductInput): Promise<void> {
  const { transaction, workspaceId } = context;
  const { sku, name, categories, priceMinor, costMinor, stock, picture, url } = product;
  const hashes = imageHashesIn(picture);
  if (hashes.length > 0) await transaction`select adopt_images(${workspaceId}, ${hashes})`;
  const [before] = await transaction<Before[]>`select price_minor, stock, archived_at is not null as archived from products where sku = ${sku} for no key update`;
  await transaction`
    insert into products (workspace_id, sku, name, categories, price_minor, cost_minor, stock, picture, url)
    values (${workspaceId}, ${sku}, ${transaction.json(name)}, ${categories}::text[], ${priceMinor}, ${costMinor ?? null}, ${stock ?? null}, ${picture ?? null}, ${url ?? null})
    on conflict (workspace_id, sku) do update set name = excluded.name, categories = excluded.categories, price_minor = excluded.price_minor, cost_minor = excluded.cost_minor,
      stock = case when ${stock === undefined}::boolean then products.stock else excluded.stock end, picture = case when ${picture === undefined}::boolean then products.picture else excluded.picture end,
      url = case when ${url === undefined}::boolean then products.url else excluded.url end`;
  await audit(context, { action: 'product.put', subject: sku, after: product });
  const news = before ? newsOf(product, before) : [];
  if (news.length === 0) return;
  const { plans } = await loadWorkspace(transaction, workspaceId);
  const now = await readNow(transaction, workspaceId);
  for (const { type, properties } of news.filter((each) => startedByBusiness(plans.values(), each.type).length > 0)) {
    const eventId = `${type}:${sku}:${newId()}`;
    await postBusinessEvent(context, { eventId, type, occurredAt: now, storeId: null, properties: { sku, name, categories, ...properties } }, { eventId });
  }
}

/** Out of the assortment: messages leave it out and tills do not offer it; what was bought of it keeps its name. */
export async function archiveProduct(context: CommandContext, sku: string, archived: boolean): Promise<void> {
  const { transaction, workspaceId } = context;
  const changed = await transaction`
    update products set archived_at = case when ${archived}::boolean then coalesce(archived_at, workspace_now(${workspaceId})) end where sku = ${sku} returning sku`;
  if (changed.length === 0) throw new PermanentError('product.unknown', 'There is no such product.');
  await audit(context, { action: archived ? 'product.archive' : 'product.restore', subject: sku });
}
