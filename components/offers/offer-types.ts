/** Offers and vouchers as the API answers them. */
import type { Offer } from '#domain/offers/offer.ts';

export type OfferSummary = { id: string; offer: Offer; granted: number; redeemed: number; remainingStock: number | null; updatedAt: string };
export type Voucher = { id: string; code: string; offerKey: string; customerId: string; customerName: string | null; status: 'issued' | 'redeemed' | 'revoked'; validFrom: string; validUntil: string | null; issuedAt: string; redeemedAt: string | null; orderId: string | null };
