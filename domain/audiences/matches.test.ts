import { expect, it } from 'vitest';
import { Condition } from '#domain/audiences/condition.ts';
import { conditionNeeds } from '#domain/audiences/condition-needs.ts';
import { matchesCondition, readField, type ConditionSubject } from '#domain/audiences/matches.ts';
import { validateCondition } from '#domain/audiences/validate-condition.ts';
import { DAY_MS, parseInstant } from '#domain/shared/time.ts';

const NOW = parseInstant('2026-03-10T12:00:00Z') ?? 0;
const subject: ConditionSubject = {
  customer: { firstName: 'Ana', country: 'FR', birthDate: '1990-05-04', tags: ['vip', 'press'], attributes: { size: 38, loves: 'wool', empty: null } },
  figures: { purchases: 3, spendMinor: 10_000, firstPurchaseAt: NOW - 400 * DAY_MS, lastPurchaseAt: NOW - 10 * DAY_MS },
  consents: [
    { purpose: 'marketing', channel: 'email', state: 'granted', source: 'till', at: 1 },
    { purpose: 'marketing', channel: 'sms', state: 'granted', source: 'till', at: 1 },
    { purpose: 'marketing', channel: 'sms', state: 'denied', source: 'smsKeyword', at: 2 },
  ],
  balances: { club: 120 },
  vouchers: [
    { offerKey: 'welcome', status: 'issued', validFrom: NOW - DAY_MS, validUntil: NOW },
    { offerKey: 'old', status: 'issued', validFrom: NOW - 2 * DAY_MS, validUntil: NOW - 1 },
    { offerKey: 'used', status: 'redeemed', validFrom: 0, validUntil: null },
  ],
  history: [
    { type: 'purchase', occurredAt: NOW - 10 * DAY_MS, properties: { amountMinor: 5_000, lines: [{ sku: 'a', categories: ['shoes', 'kids'] }] } },
    { type: 'purchase', occurredAt: NOW - 100 * DAY_MS, properties: { amountMinor: 2_000, lines: [{ sku: 'b', categories: ['coats'] }] } },
    { type: 'purchase', occurredAt: NOW + 1, properties: { amountMinor: 9_000 } },
  ],
  event: { type: 'review', occurredAt: NOW, storeId: 'lyon', properties: { stars: 4, lines: [{ categories: ['hats'] }] } },
  variables: { route: 'a' },
};
const holds = (condition: Condition): boolean => matchesCondition(Condition.parse(condition), subject, NOW);

it.each<[Condition, boolean]>([
  [{ field: 'customer.country', is: 'equals', value: 'FR' }, true],
  [{ field: 'customer.country', is: 'in', value: ['BE', 'FR'] }, true],
  [{ field: 'customer.country', is: 'notIn', value: ['BE', 'FR'] }, false],
  [{ field: 'customer.tags', is: 'contains', value: 'vip' }, true],
  [{ field: 'customer.tags', is: 'contains', value: 'vi' }, false],
  [{ field: 'customer.tags', is: 'notEquals', value: 'vip' }, false],
  [{ field: 'customer.firstName', is: 'contains', value: 'na' }, true],
  [{ field: 'customer.firstName', is: 'startsWith', value: 'A' }, true],
  [{ field: 'customer.birthDate', is: 'before', value: '2000-01-01' }, true],
  [{ field: 'customer.attributes.size', is: 'greaterThan', value: 37 }, true],
  [{ field: 'customer.attributes.loves', is: 'greaterThan', value: 3 }, false],
  [{ field: 'figures.purchases', is: 'atLeast', value: 3 }, true],
  [{ field: 'figures.averageBasketMinor', is: 'equals', value: 3_333 }, true],
  [{ field: 'figures.daysSinceLastPurchase', is: 'atMost', value: 10 }, true],
  [{ field: 'figures.lastPurchaseAt', is: 'withinLastDays', value: 10 }, true],
  [{ field: 'figures.lastPurchaseAt', is: 'withinLastDays', value: 9 }, false],
  [{ field: 'figures.firstPurchaseAt', is: 'moreThanDaysAgo', value: 399 }, true],
  [{ field: 'figures.lastPurchaseAt', is: 'after', value: '2026-01-01T00:00:00+01:00' }, true],
  [{ field: 'consent.email', is: 'equals', value: true }, true],
  [{ field: 'consent.sms', is: 'equals', value: true }, false],
  [{ field: 'balance.club', is: 'lessThan', value: 121 }, true],
  [{ field: 'balance.other', is: 'equals', value: 0 }, true],
  [{ field: 'voucher.welcome.active', is: 'equals', value: true }, true],
  [{ field: 'voucher.old.active', is: 'equals', value: true }, false],
  [{ field: 'voucher.used.active', is: 'equals', value: true }, false],
  [{ field: 'event.properties.stars', is: 'atLeast', value: 4 }, true],
  [{ field: 'event.properties.lines.categories', is: 'contains', value: 'hats' }, true],
  [{ field: 'event.storeId', is: 'equals', value: 'lyon' }, true],
  [{ field: 'event.type', is: 'equals', value: 'review' }, true],
  [{ field: 'enrollment.route', is: 'equals', value: 'a' }, true],
])('reads %j as %s (§4.1)', (condition, expected) => {
  expect(validateCondition(condition)).toEqual([]);
  expect(holds(condition)).toBe(expected);
});

it('lets a missing value fail every comparison, and only «missing» pass', () => {
  for (const field of ['customer.city', 'customer.attributes.empty', 'enrollment.nothing', 'event.properties.nothing.deeper']) {
    expect(holds({ field, is: 'equals', value: 'x' })).toBe(false);
    expect(holds({ field, is: 'notEquals', value: 'x' })).toBe(false);
    expect(holds({ field, is: 'notIn', value: ['x'] })).toBe(false);
    expect(holds({ field, is: 'exists' })).toBe(false);
    expect(holds({ field, is: 'missing' })).toBe(true);
    expect(holds({ not: { field, is: 'equals', value: 'x' } })).toBe(true);
  }
  expect(holds({ field: 'customer.firstName', is: 'exists' })).toBe(true);
});

it('counts events of the history with their properties and window, and none of the future (§4.1)', () => {
  expect(holds({ event: 'purchase', count: { exactly: 2 } })).toBe(true);
  expect(holds({ event: 'purchase', withinDays: 30, count: { exactly: 1 } })).toBe(true);
  expect(holds({ event: 'purchase', withinDays: 100, count: { atLeast: 2 } })).toBe(true);
  expect(holds({ event: 'purchase', where: { field: 'properties.lines.categories', is: 'contains', value: 'coats' }, count: { exactly: 1 } })).toBe(true);
  expect(holds({ event: 'purchase', where: { not: { field: 'properties.amountMinor', is: 'greaterThan', value: 3_000 } }, count: { atMost: 0 } })).toBe(false);
  expect(holds({ event: 'visit', count: { atMost: 0 } })).toBe(true);
});

it('joins by all, any and not; an empty all holds, an empty any does not', () => {
  const yes: Condition = { field: 'customer.firstName', is: 'exists' };
  expect(holds({ all: [yes, { any: [{ not: yes }, yes] }] })).toBe(true);
  expect(holds({ all: [] })).toBe(true);
  expect(holds({ any: [] })).toBe(false);
});

it('reaches nothing that is not on the list', () => {
  for (const field of ['customer.__proto__', 'customer.constructor.name', 'history.length', 'enrollment.toString', 'event.properties.constructor']) {
    expect(readField(field, subject, NOW)).toBeUndefined();
  }
  expect(validateCondition({ field: 'customer.constructor', is: 'exists' })).toHaveLength(1);
  expect(validateCondition({ field: 'customer.attributes.__proto__', is: 'exists' })).toEqual([]);
  expect(holds({ field: 'customer.attributes.__proto__', is: 'exists' })).toBe(false);
});

it('says with its path what cannot run', () => {
  const wrong: Condition = {
    all: [
      { field: 'customer.shoeSize', is: 'exists' },
      { field: 'customer.firstName', is: 'before', value: '2026-01-01' },
      { field: 'figures.purchases', is: 'atLeast', value: 'three' },
      { any: [] },
      { event: 'purchase', where: { field: 'customer.city', is: 'exists' }, count: { atLeast: 1 } },
      { field: 'customer.city', is: 'exists', value: 1 },
      { field: 'figures.lastPurchaseAt', is: 'after', value: 'yesterday' },
    ],
  };
  expect(validateCondition(wrong).map(({ code, path }) => [code, path.join('.')])).toEqual([
    ['condition.field', 'all.0.field'],
    ['condition.operator', 'all.1.is'],
    ['condition.value', 'all.2.value'],
    ['condition.empty', 'all.3.any'],
    ['condition.field', 'all.4.where.field'],
    ['condition.value', 'all.5.value'],
    ['condition.value', 'all.6.value'],
  ]);
  const deep = Array.from({ length: 12 }).reduce<Condition>((inner) => ({ not: inner }), { field: 'customer.city', is: 'exists' });
  expect(validateCondition(deep).map(({ code }) => code)).toEqual(['condition.tooDeep']);
});

it('refuses shapes that it does not know', () => {
  expect(Condition.safeParse({ field: 'customer.city', is: 'looksLike', value: 'x' }).success).toBe(false);
  expect(Condition.safeParse({ all: [], any: [] }).success).toBe(false);
  expect(Condition.safeParse({ event: 'purchase', count: { about: 3 } }).success).toBe(false);
});

it('tells loaders what conditions read, the longest window of each event', () => {
  const needs = conditionNeeds(
    { all: [{ event: 'purchase', withinDays: 30, count: { atLeast: 1 } }, { field: 'balance.club', is: 'atLeast', value: 1 }, { field: 'consent.sms', is: 'exists' }] },
    { any: [{ event: 'purchase', withinDays: 90, count: { atLeast: 1 } }, { not: { event: 'visit', count: { atLeast: 1 } } }, { field: 'voucher.welcome.active', is: 'exists' }] },
  );
  expect(needs).toEqual({ eventTypes: [{ type: 'purchase', withinDays: 90 }, { type: 'visit' }], balances: ['club'], vouchers: ['welcome'], segments: [], scores: [], tiers: [], consents: true, figures: false, event: false });
});
