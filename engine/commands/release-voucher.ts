/** A command: a voucher taken for a sale that was then refused is given back (§10.11). What a sale has used stays used. */
import { readVoucherCode } from '#domain/offers/voucher-code.ts';
import { formatId } from '#domain/shared/ids.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

const unknown = (): PermanentError => new PermanentError('voucher.unknown', 'There is no voucher with this code.');

/** Answers whether it was given back: only when this order took it and no such order was rung up. Asked again, it answers false and changes nothing. */
export async function releaseVoucher(context: CommandContext, code: string, orderId: string): Promise<{ released: boolean }> {
  const { transaction } = context;
  const normal = readVoucherCode(code);
  if (normal === null) throw unknown();
  const [found] = await transaction<{ id: string; customer_id: string }[]>`select id, customer_id from vouchers where code = ${normal}`;
  if (!found) throw unknown();
  await lockHeads(transaction, [found.customer_id]);
  const released = await transaction`
    update vouchers set status = 'issued', redeemed_at = null, order_id = null
     where id = ${found.id} and status = 'redeemed' and order_id = ${orderId} and not exists (select from orders where order_id = ${orderId}) returning 1`;
  if (released.length === 0) return { released: false };
  await audit(context, { action: 'voucher.release', subject: formatId('voucher', found.id), after: { orderId } });
  return { released: true };
}
