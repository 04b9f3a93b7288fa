/** The redemption of a voucher on a purchase (§10.11): the server decides by it, and a till shows the discount by it. */
import type { Benefit, Offer } from '#domain/offers/offer.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import type { TextVariants } from '#domain/shared/text-variants.ts';
import type { Instant } from '#domain/shared/time.ts';

export type Voucher = { offerKey: string; status: 'issued' | 'redeemed' | 'revoked'; validFrom: Instant; validUntil: Instant | null };
export type Redemption = {
  /** What the till takes off the purchase; 0 for a gift. */
  discountMinor: number;
  gift: TextVariants | null;
  /** The voucher's status afterwards: it stays `issued` when it may be used again. */
  status: 'issued' | 'redeemed';
};

/** Uses a voucher on a purchase, or says what keeps it from being used. A discount never exceeds the purchase; a per cent is cut to a whole minor unit. */
export function redeemVoucher(voucher: Voucher, offer: Offer, at: Instant, purchase: { amountMinor: number }): Result<Redemption> {
  const refuse = (code: string, message: string): Result<never> => fail({ code: `voucher.${code}`, message, path: ['code'] });
  if (voucher.status === 'redeemed') return refuse('redeemed', 'This voucher has been used.');
  if (voucher.status === 'revoked') return refuse('revoked', 'This voucher was withdrawn.');
  if (at < voucher.validFrom) return refuse('notStarted', 'This voucher is not valid yet.');
  if (voucher.validUntil !== null && at > voucher.validUntil) return refuse('expired', 'This voucher has expired.');
  const { benefit, minimumSpendMinor, singleUse } = offer;
  const { amountMinor } = purchase;
  if (minimumSpendMinor !== undefined && amountMinor < minimumSpendMinor) {
    return refuse('minimumSpend', `This voucher needs a purchase of at least ${minimumSpendMinor} minor units; ${minimumSpendMinor - amountMinor} are missing.`);
  }
  const discountMinor = discountOf(benefit, amountMinor);
  return ok({ discountMinor, gift: benefit.kind === 'gift' ? benefit.text : null, status: singleUse ? 'redeemed' : 'issued' });
}

function discountOf(benefit: Benefit, amountMinor: number): number {
  switch (benefit.kind) {
    case 'amountOff':
      return Math.min(benefit.amountMinor, amountMinor);
    case 'percentOff':
      return Math.floor((amountMinor * benefit.percent) / 100);
    case 'gift':
      return 0;
  }
}
