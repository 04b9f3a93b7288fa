/** The brand kit of the workspace; the usual one where nobody wrote another. */
import type { Transaction } from '#db/connection.ts';
import { BrandKit } from '#domain/brand/brand-kit.ts';
import { DEFAULT_BRAND_KIT } from '#domain/brand/brand-facts.ts';

export async function findBrandKit(transaction: Transaction): Promise<BrandKit> {
  const [row] = await transaction<{ kit: unknown }[]>`select kit from brand_kits`;
  return row ? BrandKit.parse(row.kit) : DEFAULT_BRAND_KIT;
}
