/** A command: adds or changes a product of the catalogue. A price that falls and a stock that comes back are events of the brand (§1.9) when a live journey begins with them. */
import { v7 as newId } from 'uuid';
import { startedByBusiness } from '#domain/events/business-event.ts';
import { readNow } from '#engine/burst/gather.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { audit, type CommandContext } from './command-context.ts';
import { postBusinessEvent } from './post-business-event.ts';

/** `stock`: how many there are; not given means that nobody counts, or that the count stays. */
export type ProductInput = { sku: string; name: Record<string, string>; categories: string[]; priceMinor: number; costMinor?: number | undefined; stock?: number | undefined };
type Before = { price_minor: string | number; stock: number | null };

const newsOf = ({ priceMinor, stock }: ProductInput, before: Before): { type: string; properties: Record<string, unknown> }[] => [
  ...(priceMinor < Number(before.price_minor) ? [{ type: 'product.priceCut', properties: { priceMinor, previousPriceMinor: Number(before.price_minor) } }] : []),
  ...(before.stock === 0 && stock !== undefined && stock > 0 ? [{ type: 'product.backInStock', properties: { stock } }] : []),
];

/** Answers the stock after it. */
export async function putProduct(context: CommandContext, product: ProductInput): Promise<number | null> {
  const { transaction, workspaceId } = context;
  const { sku, name, categories, priceMinor, costMinor, stock } = product;
  const [before] = await transaction<Before[]>`select price_minor, stock from products where sku = ${sku} for no key update`;
  const [row] = await transaction<{ stock: number | null }[]>`
    insert into products (workspace_id, sku, name, categories, price_minor, cost_minor, stock)
    values (${workspaceId}, ${sku}, ${transaction.json(name)}, ${categories}::text[], ${priceMinor}, ${costMinor ?? null}, ${stock ?? null})
    on conflict (workspace_id, sku) do update set name = excluded.name, categories = excluded.categories, price_minor = excluded.price_minor, cost_minor = excluded.cost_minor, stock = coalesce(excluded.stock, products.stock) returning stock`;
  await audit(context, { action: 'product.put', subject: sku, after: product });
  const news = before ? newsOf(product, before) : [];
  if (news.length === 0) return row?.stock ?? null;
  const { plans } = await loadWorkspace(transaction, workspaceId);
  const now = await readNow(transaction, workspaceId);
  for (const { type, properties } of news.filter((each) => startedByBusiness(plans.values(), each.type).length > 0)) {
    const eventId = `${type}:${sku}:${newId()}`;
    await postBusinessEvent(context, { eventId, type, occurredAt: now, storeId: null, properties: { sku, name, categories, ...properties } }, { eventId });
  }
  return row?.stock ?? null;
}
