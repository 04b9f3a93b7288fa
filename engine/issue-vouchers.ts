/** Issues vouchers with codes that cannot be guessed and counts them against the offer's stock. The caller holds the customers' heads and, where stock is limited, the offers. */
import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { VOUCHER_CODE_BYTES, voucherCode } from '#domain/offers/voucher-code.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';

export type Grant = { customerId: string; offerId: string; grantKey: string; at: Instant; validFrom: Instant; validUntil: Instant | null };
export type IssuedVoucher = { id: string; code: string; grantKey: string };

/** A grant key is unique for ever, so one cause issues one voucher; a limit on the stock that would be passed makes the transaction fail. */
export async function issueVouchers(transaction: Transaction, workspaceId: string, grants: Grant[]): Promise<IssuedVoucher[]> {
  if (grants.length === 0) return [];
  const issued = grants.map((grant) => ({ ...grant, id: newId(), code: voucherCode(randomBytes(VOUCHER_CODE_BYTES)) }));
  await insertRows(transaction, 'vouchers', issued.map((voucher) => ({
    id: voucher.id,
    workspace_id: workspaceId,
    offer_id: voucher.offerId,
    customer_id: voucher.customerId,
    grant_key: voucher.grantKey,
    code: voucher.code,
    status: 'issued',
    valid_from: formatInstant(voucher.validFrom),
    valid_until: voucher.validUntil === null ? null : formatInstant(voucher.validUntil),
    issued_at: formatInstant(voucher.at),
  })));
  const counts = new Map<string, number>();
  for (const grant of grants) counts.set(grant.offerId, (counts.get(grant.offerId) ?? 0) + 1);
  // Only a limited stock is counted row by row: an unlimited offer must not become a hot row.
  for (const [offerId, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await transaction`update offers set stock_granted = stock_granted + ${count} where id = ${offerId} and stock_total is not null`;
  }
  return issued.map(({ id, code, grantKey }) => ({ id, code, grantKey }));
}
