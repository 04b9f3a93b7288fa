/**
 * An offer, and the grant, which makes a voucher when stock and limits allow it (§10.11); `redeem-voucher.ts` has its other moment.
 * Refusals are outcomes with a code and figures. The shell makes the code and holds the lock on the stock.
 */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { IsoDate } from '#domain/customers/profile.ts';
import { TextVariants } from '#domain/shared/text-variants.ts';
import { instantOf, localTime, type Instant } from '#domain/shared/time.ts';

export const Benefit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('amountOff'), amountMinor: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('percentOff'), percent: z.number().int().min(1).max(100) }),
  z.strictObject({ kind: z.literal('gift'), text: TextVariants }),
]);
export type Benefit = z.infer<typeof Benefit>;

/** `days`: up to the end of the local day so many days after the grant. Or between two local dates, both included. */
export const Validity = z.union([
  z.strictObject({ days: z.number().int().min(0).max(3_653) }),
  z.strictObject({ from: IsoDate.optional(), until: IsoDate }).refine(({ from, until }) => from === undefined || from <= until, 'an offer ends on or after the day it begins'),
]);
export type Validity = z.infer<typeof Validity>;

export const Offer = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z0-9_-]{0,59}$/, 'a key begins with a small letter and has letters, digits, - and _'),
  name: TextVariants,
  benefit: Benefit,
  validity: Validity,
  minimumSpendMinor: z.number().int().positive().optional(),
  /** How many may be granted in all; no limit when absent. */
  stockTotal: z.number().int().nonnegative().optional(),
  perCustomerLimit: z.number().int().positive().optional(),
  /** Whether a voucher is used up by its first redemption. */
  singleUse: z.boolean().default(true),
});
export type Offer = z.infer<typeof Offer>;

export type GrantRefusal = { code: 'offer.outOfStock' | 'offer.customerLimit' | 'offer.ended'; figures: Record<string, number | string> };
export type GrantDecision = { kind: 'granted'; validFrom: Instant; validUntil: Instant } | { kind: 'refused'; reason: GrantRefusal };

const startOfDay = (date: Temporal.PlainDate, zone: string): Instant => instantOf(date.toPlainDateTime(), zone);
/** The last millisecond of a local day. */
const endOfDay = (date: Temporal.PlainDate, zone: string): Instant => startOfDay(date.add({ days: 1 }), zone) - 1;

/**
 * Whether a customer gets the offer at `at`, and how long the voucher holds: `validUntil` is its last valid millisecond, an end of day in `zone`. `remainingStock`
 * is null when the offer has no stock; `grantedToCustomer` counts what was not revoked. A grant before the first day is valid from that day on.
 */
export function grantOffer(offer: Offer, facts: { remainingStock: number | null; grantedToCustomer: number }, at: Instant, zone: string): GrantDecision {
  const { validity, perCustomerLimit } = offer;
  const { remainingStock, grantedToCustomer } = facts;
  const refused = (code: GrantRefusal['code'], figures: GrantRefusal['figures']): GrantDecision => ({ kind: 'refused', reason: { code, figures } });
  const today = localTime(at, zone).toPlainDate();
  const validUntil = 'days' in validity ? endOfDay(today.add({ days: validity.days }), zone) : endOfDay(Temporal.PlainDate.from(validity.until), zone);
  if (!('days' in validity) && at > validUntil) return refused('offer.ended', { until: validity.until });
  if (perCustomerLimit !== undefined && grantedToCustomer >= perCustomerLimit) return refused('offer.customerLimit', { granted: grantedToCustomer, limit: perCustomerLimit });
  if (remainingStock !== null && remainingStock <= 0) return refused('offer.outOfStock', { stockTotal: offer.stockTotal ?? 0 });
  const validFrom = 'days' in validity || validity.from === undefined ? at : Math.max(at, startOfDay(Temporal.PlainDate.from(validity.from), zone));
  return { kind: 'granted', validFrom, validUntil };
}
