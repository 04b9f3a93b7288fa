import { expect, it } from 'vitest';
import { grantOffer, Offer } from '#domain/offers/offer.ts';
import { redeemVoucher, type Voucher } from '#domain/offers/redeem-voucher.ts';
import { formatInstant, parseInstant } from '#domain/shared/time.ts';

const AT = parseInstant('2026-03-28T23:30:00+01:00') ?? 0;
const make = (more: object = {}): Offer => Offer.parse({ key: 'welcome', name: { fr: 'Bienvenue' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 1 }, ...more });
const plenty = { remainingStock: null, grantedToCustomer: 0 };
const grant = (offer: Offer, facts: Parameters<typeof grantOffer>[1] = plenty, zone = 'Europe/Paris') => grantOffer(offer, facts, AT, zone);

it('grants until the end of a local day, also over a change of clocks (§10.11)', () => {
  const granted = grant(make());
  expect(granted).toMatchObject({ kind: 'granted', validFrom: AT });
  expect(granted.kind === 'granted' && formatInstant(granted.validUntil)).toBe('2026-03-29T21:59:59.999Z');
  const elsewhere = grant(make(), plenty, 'America/Martinique');
  expect(elsewhere.kind === 'granted' && formatInstant(elsewhere.validUntil)).toBe('2026-03-30T03:59:59.999Z');
});

it('grants between two dates, from the first even when it is given earlier (§10.11)', () => {
  const spring = grant(make({ validity: { from: '2026-04-01', until: '2026-04-30' } }));
  expect(spring).toEqual({ kind: 'granted', validFrom: parseInstant('2026-04-01T00:00:00+02:00'), validUntil: parseInstant('2026-04-30T23:59:59.999+02:00') });
  expect(grant(make({ validity: { until: '2026-03-28' } }))).toMatchObject({ kind: 'granted', validFrom: AT });
  expect(grant(make({ validity: { until: '2026-03-27' } }))).toEqual({ kind: 'refused', reason: { code: 'offer.ended', figures: { until: '2026-03-27' } } });
  expect(Offer.safeParse({ ...make(), validity: { from: '2026-04-02', until: '2026-04-01' } }).success).toBe(false);
});

it('refuses beyond the stock and the limit per customer, with figures (§10.11)', () => {
  expect(grant(make({ stockTotal: 5 }), { remainingStock: 1, grantedToCustomer: 0 }).kind).toBe('granted');
  expect(grant(make({ stockTotal: 5 }), { remainingStock: 0, grantedToCustomer: 0 })).toEqual({ kind: 'refused', reason: { code: 'offer.outOfStock', figures: { stockTotal: 5 } } });
  expect(grant(make({ perCustomerLimit: 2 }), { remainingStock: null, grantedToCustomer: 2 })).toEqual({ kind: 'refused', reason: { code: 'offer.customerLimit', figures: { granted: 2, limit: 2 } } });
});

const voucher: Voucher = { offerKey: 'welcome', status: 'issued', validFrom: 100, validUntil: 200 };

it('takes off what the benefit says, never more than the purchase (§10.11)', () => {
  const redeem = (offer: Offer, amountMinor: number) => redeemVoucher(voucher, offer, 150, { amountMinor });
  expect(redeem(make(), 1_200)).toEqual({ ok: true, value: { discountMinor: 500, gift: null, status: 'redeemed' } });
  expect(redeem(make(), 300)).toMatchObject({ value: { discountMinor: 300 } });
  expect(redeem(make({ benefit: { kind: 'percentOff', percent: 15 }, singleUse: false }), 999)).toMatchObject({ value: { discountMinor: 149, status: 'issued' } });
  expect(redeem(make({ benefit: { kind: 'gift', text: { fr: 'Un bonnet' } } }), 999)).toMatchObject({ value: { discountMinor: 0, gift: { fr: 'Un bonnet' } } });
});

it.each<[Partial<Voucher>, number, string | null]>([
  [{}, 100, null],
  [{}, 200, null],
  [{}, 99, 'voucher.notStarted'],
  [{}, 201, 'voucher.expired'],
  [{ validUntil: null }, 9_999, null],
  [{ status: 'redeemed' }, 150, 'voucher.redeemed'],
  [{ status: 'revoked' }, 150, 'voucher.revoked'],
])('redeems %j at %d: %s', (more, at, code) => {
  const result = redeemVoucher({ ...voucher, ...more }, make(), at, { amountMinor: 1_000 });
  expect(result.ok ? null : result.problems[0]?.code).toBe(code);
});

it('asks for the minimum spend and says what is missing', () => {
  const result = redeemVoucher(voucher, make({ minimumSpendMinor: 3_000 }), 150, { amountMinor: 2_999 });
  expect(result).toMatchObject({ ok: false, problems: [{ code: 'voucher.minimumSpend', message: expect.stringContaining('1 are missing') as string }] });
});
