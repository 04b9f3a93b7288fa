/** A command: a till takes a voucher on a purchase (§10.11); the answer says what it takes off. */
import { readVoucherCode } from '#domain/offers/voucher-code.ts';
import { Offer } from '#domain/offers/offer.ts';
import { redeemVoucher as decideRedemption, type Redemption } from '#domain/offers/redeem-voucher.ts';
import { formatId } from '#domain/shared/ids.ts';
import { ok, type Result } from '#domain/shared/result.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

const unknown = (): PermanentError => new PermanentError('voucher.unknown', 'There is no voucher with this code.');

/** Answers the redemption and how many events were kept. */
export async function redeemVoucher(context: CommandContext, code: string, purchase: { amountMinor: number; orderId?: string | undefined }): Promise<Result<Redemption & { voucherId: string; customerId: string; events: number }>> {
  const { transaction, workspaceId } = context;
  const normal = readVoucherCode(code);
  if (normal === null) throw unknown();
  const [found] = await transaction<{ id: string; customer_id: string }[]>`select id, customer_id from vouchers where code = ${normal}`;
  if (!found) throw unknown();
  await lockHeads(transaction, [found.customer_id]);
  const [row] = await transaction<{ status: 'issued' | 'redeemed' | 'revoked'; valid_from: Date; valid_until: Date | null; definition: unknown }[]>`
    select v.status, v.valid_from, v.valid_until, o.definition from vouchers v join offers o on o.id = v.offer_id where v.id = ${found.id}`;
  if (!row) throw unknown();
  const offer = Offer.parse(row.definition);
  const now = await readNow(transaction, workspaceId);
  const decided = decideRedemption({ offerKey: offer.key, status: row.status, validFrom: row.valid_from.getTime(), validUntil: row.valid_until?.getTime() ?? null }, offer, now, purchase);
  if (!decided.ok) return decided;
  await transaction`update vouchers set status = ${decided.value.status}, redeemed_at = workspace_now(${workspaceId}), order_id = ${purchase.orderId ?? null} where id = ${found.id}`;
  const events = await appendSystemEvents(transaction, workspaceId, [{ customerId: found.customer_id, type: 'offer.redeemed', occurredAt: now, properties: { offer: offer.key, ...(purchase.orderId ? { orderId: purchase.orderId } : {}) } }]);
  await audit(context, { action: 'voucher.redeem', subject: formatId('voucher', found.id), after: { ...purchase, discountMinor: decided.value.discountMinor } });
  return ok({ ...decided.value, voucherId: found.id, customerId: found.customer_id, events });
}
