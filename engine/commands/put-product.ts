/** A command: adds or changes a product of the catalogue. */
import { audit, type CommandContext } from './command-context.ts';

export type ProductInput = { sku: string; name: Record<string, string>; categories: string[]; priceMinor: number; costMinor?: number | undefined };

export async function putProduct(context: CommandContext, product: ProductInput): Promise<void> {
  const { transaction, workspaceId } = context;
  await transaction`
    insert into products (workspace_id, sku, name, categories, price_minor, cost_minor)
    values (${workspaceId}, ${product.sku}, ${transaction.json(product.name)}, ${product.categories}::text[], ${product.priceMinor}, ${product.costMinor ?? null})
    on conflict (workspace_id, sku) do update set name = excluded.name, categories = excluded.categories, price_minor = excluded.price_minor, cost_minor = excluded.cost_minor`;
  await audit(context, { action: 'product.put', subject: product.sku, after: product });
}
