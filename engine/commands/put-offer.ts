/** A command: creates or replaces an offer. Vouchers that exist keep their validity; new terms count from the next grant and redemption on. */
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import type { Offer } from '#domain/offers/offer.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

/** A stock below what was granted already is refused. */
export async function putOffer(context: CommandContext, offer: Offer): Promise<{ offerId: string; created: boolean }> {
  const { transaction, workspaceId } = context;
  // Bursts that count no stock yet have committed once this returns, so what was granted is countable.
  await raiseEpoch(context);
  const [before] = await transaction<{ id: string; definition: unknown }[]>`select id, definition from offers where key = ${offer.key} for no key update`;
  const offerId = before?.id ?? newId();
  const stockTotal = offer.stockTotal ?? null;
  const [granted] = await transaction<{ count: number }[]>`select count(*)::int as count from vouchers where offer_id = ${offerId}`;
  const count = granted?.count ?? 0;
  if (stockTotal !== null && stockTotal < count) throw new PermanentError('offer.stock', `${count} were granted already; the stock cannot be ${stockTotal}.`);
  await transaction`
    insert into offers (id, workspace_id, key, definition, stock_total, stock_granted, updated_at)
    values (${offerId}, ${workspaceId}, ${offer.key}, ${transaction.json(offer as JSONValue)}, ${stockTotal}, ${count}, workspace_now(${workspaceId}))
    on conflict (workspace_id, key) do update set definition = excluded.definition, stock_total = excluded.stock_total, stock_granted = excluded.stock_granted, updated_at = excluded.updated_at`;
  await audit(context, { action: before ? 'offer.change' : 'offer.create', subject: offer.key, before: before?.definition, after: offer });
  return { offerId, created: !before };
}
