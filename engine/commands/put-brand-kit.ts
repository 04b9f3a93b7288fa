/** A command: replaces the brand kit. E-mails that are written already keep their look; the customers' own pages take the new one at once. */
import { findBrandKit } from '#db/queries/brand-kits.ts';
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import { imageHashesIn } from '#domain/images/image-facts.ts';
import { audit, type CommandContext } from './command-context.ts';

export async function putBrandKit(context: CommandContext, kit: BrandKit): Promise<void> {
  const { transaction, workspaceId } = context;
  const before = await findBrandKit(transaction);
  const hashes = imageHashesIn(kit.logo);
  if (hashes.length > 0) await transaction`select adopt_images(${workspaceId}, ${hashes})`;
  await transaction`
    insert into brand_kits (workspace_id, kit, changed_at) values (${workspaceId}, ${transaction.json(kit)}, workspace_now(${workspaceId}))
    on conflict (workspace_id) do update set kit = excluded.kit, changed_at = excluded.changed_at`;
  await audit(context, { action: 'brandKit.put', subject: 'brand', before, after: kit });
}
