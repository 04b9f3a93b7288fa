import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Purchase } from '#domain/events/purchase.ts';
import { earn, type EarnContext } from '#domain/loyalty/earn.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { spreadOverLines } from '#domain/loyalty/spread-over-lines.ts';
import { DAY_MS, parseInstant } from '#domain/shared/time.ts';

const TUESDAY = parseInstant('2026-03-10T23:30:00+01:00') ?? 0;
const context: EarnContext = { eventId: 'e1', customerId: 'c1', occurredAt: TUESDAY, store: 'lyon', zone: 'Europe/Paris' };
const programme = (bonuses: unknown[] = []): LoyaltyProgramme =>
  LoyaltyProgramme.parse({ key: 'club', name: { fr: 'Le Club' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 }, bonuses } });
const line = (lineId: string, amountMinor: number, ...categories: string[]) => ({ lineId, sku: lineId, quantity: 1, amountMinor, categories });
const purchase: Purchase = { orderId: 'o1', amountMinor: 5_997, currency: 'EUR', lines: [line('1', 1_999, 'shoes'), line('2', 1_999), line('3', 1_999)] };
const told = (bonuses: unknown[], bought: Purchase = purchase, when: EarnContext = context) =>
  earn(programme(bonuses), bought, when).explanation.slice(1).map(({ rule, points, why }) => `${rule} ${points} ${why.code}`);

it('computes a rule over the whole purchase, cuts it once, and spreads it by largest remainder (§10.3)', () => {
  const { transfers, total, explanation } = earn(programme(), purchase, context);
  expect(total).toBe(59);
  expect(transfers.map(({ lineId, amount }) => [lineId, amount])).toEqual([['1', 20], ['2', 20], ['3', 19]]);
  expect(transfers[0]).toEqual({
    key: 'e1:club:base:1', programmeKey: 'club', customerId: 'c1', from: 'programme:issued', to: 'customer:available', amount: 20, kind: 'earn', rule: 'base',
    at: TUESDAY, eventId: 'e1', orderId: 'o1', lineId: '1',
  });
  expect(explanation).toEqual([{ rule: 'base', applied: true, points: 59, why: { code: 'earn.perAmount', figures: { amountMinor: 5_997, points: 1, perMinor: 100 } } }]);
});

it('earns on a purchase without lines, and nothing on one of nothing', () => {
  expect(earn(programme(), { orderId: 'o1', amountMinor: 1_999, currency: 'EUR' }, context).transfers).toMatchObject([{ key: 'e1:club:base:*', amount: 19 }]);
  expect(earn(programme(), { orderId: 'o1', amountMinor: 0, currency: 'EUR', lines: [line('1', 0)] }, context)).toMatchObject({ transfers: [], total: 0, explanation: [{ applied: false, points: 0 }] });
});

it('adds on the base, multiplies on all that stands, in the order given (§10.4)', () => {
  const gift = { key: 'gift', order: 1, stacking: 'adds', points: 10 };
  const double = { key: 'double', order: 2, stacking: 'adds', factor: 2 };
  const half = { key: 'half', order: 3, stacking: 'multiplies', factor: 1.5 };
  expect(told([half, gift, double])).toEqual(['gift 10 bonus.points', 'double 59 bonus.factor', 'half 64 bonus.factor']);
  expect(told([{ ...half, order: 0 }, gift])).toEqual(['half 29 bonus.factor', 'gift 10 bonus.points']);
});

it('gives only the best of a group, and says which was better (§10.4)', () => {
  const bonuses = [
    { key: 'small', order: 1, stacking: 'bestOfGroup', group: 'g', points: 10 },
    { key: 'large', order: 2, stacking: 'bestOfGroup', group: 'g', factor: 2 },
    { key: 'elsewhere', order: 3, stacking: 'bestOfGroup', group: 'g', factor: 9, when: { stores: ['nantes'] } },
  ];
  expect(told(bonuses)).toEqual(['small 0 bonus.betterInGroup', 'large 59 bonus.factor', 'elsewhere 0 bonus.otherStore']);
});

it('counts a bonus of a category on its lines alone (§10.3)', () => {
  const { transfers } = earn(programme([{ key: 'shoes', order: 1, stacking: 'adds', factor: 2, when: { categories: ['shoes'] } }]), purchase, context);
  expect(transfers.filter(({ rule }) => rule === 'shoes')).toMatchObject([{ lineId: '1', amount: 20, kind: 'bonus' }]);
  const free = { ...purchase, lines: [line('1', 0, 'shoes'), line('2', 5_997)] };
  expect(earn(programme([{ key: 'shoes', order: 1, stacking: 'adds', points: 5, when: { categories: ['shoes'] } }]), free, context).transfers.filter(({ rule }) => rule === 'shoes')).toMatchObject([{ lineId: '1', amount: 5 }]);
});

it.each<[Record<string, unknown>, string]>([
  [{ categories: ['coats'] }, 'x 0 bonus.noSuchCategory'],
  [{ stores: ['nantes'] }, 'x 0 bonus.otherStore'],
  [{ weekdays: [3] }, 'x 0 bonus.otherWeekday'],
  [{ weekdays: [2], stores: ['lyon'], categories: ['shoes'], from: TUESDAY, to: TUESDAY + 1, minimumSpendMinor: 1_999 }, 'x 10 bonus.points'],
  [{ from: TUESDAY + 1 }, 'x 0 bonus.notStarted'],
  [{ to: TUESDAY }, 'x 0 bonus.ended'],
  [{ minimumSpendMinor: 5_998 }, 'x 0 bonus.minimumSpend'],
  [{ categories: ['shoes'], minimumSpendMinor: 2_000 }, 'x 0 bonus.minimumSpend'],
])('says what did not apply under %j, and why (§10.4)', (when, expected) => {
  expect(told([{ key: 'x', order: 1, stacking: 'adds', points: 10, when }])).toEqual([expected]);
});

it('goes by the day of the store when the purchase occurred (§1.11, §10.3)', () => {
  const wednesday = [{ key: 'x', order: 1, stacking: 'adds', points: 10, when: { weekdays: [3] } }];
  expect(told(wednesday, purchase, { ...context, zone: 'Asia/Tokyo' })).toEqual(['x 10 bonus.points']);
  expect(told(wednesday, purchase, { ...context, occurredAt: TUESDAY + DAY_MS })).toEqual(['x 10 bonus.points']);
});

it('refuses a programme whose rules contradict themselves', () => {
  for (const bonus of [{ points: 1, factor: 2 }, {}, { stacking: 'multiplies', points: 5 }, { points: 1, group: 'g' }, { stacking: 'bestOfGroup', points: 1 }, { key: 'base', points: 1 }]) {
    expect(() => programme([{ key: 'x', order: 1, stacking: 'adds', ...bonus }])).toThrow();
  }
});

it('spreads exactly, no part further than one unit from its share (§10.3)', () => {
  const amounts = fc.integer({ min: 0, max: 1_000_000_000_000 });
  fc.assert(fc.property(amounts, fc.array(amounts, { minLength: 1, maxLength: 20 }), (amount, weights) => {
    const parts = spreadOverLines(amount, weights);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
    const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
    if (total === 0n) return;
    parts.forEach((part, index) => {
      const off = BigInt(part) * total - BigInt(amount) * BigInt(weights[index] ?? 0);
      expect(off < total && -off < total).toBe(true);
    });
  }));
});
