/** What the routes of the till answer, as its page holds it. */
import type { Channel } from '#domain/customers/consent.ts';
import type { Identifier } from '#domain/customers/identifiers.ts';
import type { EarnLine } from '#domain/loyalty/earn.ts';
import type { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import type { Offer } from '#domain/offers/offer.ts';

export type TillStore = { externalId: string; name: string; city: string | null; timeZone: string };
export type TillStaff = { id: string; name: string };
export type TillProduct = { sku: string; name: Record<string, string>; categories: string[]; priceMinor: number };
export type OpenTill = { now: string; stores: TillStore[]; products: TillProduct[]; programmes: LoyaltyProgramme[]; /** Of a paired till: who may stand at it, and who has said that they do. */ till: { id: string; name: string; staff: TillStaff[]; identified: TillStaff | null } | null; /** Not of now, but kept from before the server was out of reach. */ isKept?: true };

export type TillReward = { key: string; name: Record<string, string>; costPoints: number };
export type TillBalance = { programme: string; name: Record<string, string>; balance: number; reachable: TillReward[]; next: { reward: TillReward; missingPoints: number } | null };
export type TillVoucher = { code: string; offer: Offer; validFrom: string; validUntil: string | null };
export type PastPurchase = { orderId: string; amountMinor: number; occurredAt: string; store: string | null; returned: boolean };
export type TillCustomer = {
  id: string; firstName: string | null; lastName: string | null; identifiers: Identifier[]; balances: TillBalance[]; vouchers: TillVoucher[]; lastPurchase: PastPurchase | null;
  marketing: Record<Channel, 'granted' | 'denied' | 'notAsked'>;
};
export type LookedUp = { now: string; customer: TillCustomer | null; voucherCode: string | null; identifiers: Identifier[]; otherCustomers: number };
export type Enrolled = { customer: TillCustomer; created: boolean };

export type LoyaltyAnswer = { programme: string; points: number; balance: number; explanation: EarnLine[]; next: { reward: string; missingPoints: number } | null };
export type EventAnswer = { id: string | null; status: 'accepted' | 'duplicate' | 'quarantined' | 'rejected'; customerId?: string; code?: string; message?: string; loyalty?: LoyaltyAnswer[] };
export type Posted = { events: EventAnswer[] };
export type Redeemed = { discountMinor: number; gift: Record<string, string> | null };
export type RewardTaken = { rewardKey: string; costPoints: number; balance: number; voucher: { code: string; validUntil: string } };
