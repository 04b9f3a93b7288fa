import { expect, it } from 'vitest';
import { applyPurchaseToFigures, applyReturnToFigures, averageBasketMinor, CustomerFigures, daysSinceLastPurchase } from '#domain/customers/figures.ts';
import { changeProfile, CustomerProfile, ProfileChange } from '#domain/customers/profile.ts';
import { DAY_MS } from '#domain/shared/time.ts';

it('reads an empty object as a profile and as figures of which nothing is known', () => {
  expect(CustomerProfile.parse({})).toEqual({ tags: [], attributes: {} });
  expect(CustomerFigures.parse({})).toEqual({ purchases: 0, spendMinor: 0, firstPurchaseAt: null, lastPurchaseAt: null });
});

it('refuses a date that does not exist, an unknown zone and an unknown key', () => {
  expect(ProfileChange.safeParse({ birthDate: '2026-02-30' }).success).toBe(false);
  expect(ProfileChange.safeParse({ timeZone: 'Europe/Lyon' }).success).toBe(false);
  expect(ProfileChange.safeParse({ firstname: 'Ana' }).success).toBe(false);
  expect(ProfileChange.safeParse({ birthDate: '2024-02-29', language: 'fr-CA', attributes: { size: 38 } }).success).toBe(true);
});

it('changes what is named and keeps the rest', () => {
  const before = CustomerProfile.parse({ firstName: 'Ana', city: 'Lyon', tags: ['vip'], attributes: { size: 38, loves: 'wool' } });
  expect(changeProfile(before, { city: 'Nantes', lastName: undefined, attributes: { size: 40 } })).toEqual({ firstName: 'Ana', city: 'Nantes', tags: ['vip'], attributes: { size: 40, loves: 'wool' } });
  expect(changeProfile(before, { tags: ['a', 'a'] }).tags).toEqual(['a']);
});

it('counts purchases in any order of arrival (§13.4, §1.11)', () => {
  const first = { amountMinor: 1_000, occurredAt: 5 * DAY_MS };
  const second = { amountMinor: 2_001, occurredAt: 9 * DAY_MS };
  const none = CustomerFigures.parse({});
  const figures = applyPurchaseToFigures(applyPurchaseToFigures(none, second), first);
  expect(figures).toEqual(applyPurchaseToFigures(applyPurchaseToFigures(none, first), second));
  expect(figures).toEqual({ purchases: 2, spendMinor: 3_001, firstPurchaseAt: 5 * DAY_MS, lastPurchaseAt: 9 * DAY_MS });
  expect(averageBasketMinor(figures)).toBe(1_500);
  expect([daysSinceLastPurchase(figures, 12.5 * DAY_MS), daysSinceLastPurchase(figures, 8 * DAY_MS), daysSinceLastPurchase(none, 0), averageBasketMinor(none)]).toEqual([3, 0, null, null]);
});

it('leaves figures as if never bought when all is returned (§10.9)', () => {
  const none = CustomerFigures.parse({});
  const once = applyPurchaseToFigures(none, { amountMinor: 1_000, occurredAt: 5 });
  const twice = applyPurchaseToFigures(once, { amountMinor: 700, occurredAt: 9 });
  const partly = applyReturnToFigures(twice, { amountMinor: 300, completes: false, remaining: null });
  expect(partly).toEqual({ ...twice, spendMinor: 1_400 });
  expect(applyReturnToFigures(partly, { amountMinor: 400, completes: true, remaining: { firstPurchaseAt: 5, lastPurchaseAt: 5 } })).toEqual(once);
  expect(applyReturnToFigures(once, { amountMinor: 1_000, completes: true, remaining: null })).toEqual(none);
});
