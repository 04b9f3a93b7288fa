import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Purchase, Return } from '#domain/events/purchase.ts';
import { earn } from '#domain/loyalty/earn.ts';
import { changeOfBalance, postingsOf, Transfer } from '#domain/loyalty/ledger.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { reverse, type OrderMovement, type Returned, type Reversed } from '#domain/loyalty/reverse.ts';
import { missingToNextReward, redeemReward } from '#domain/loyalty/rewards.ts';

const programme = LoyaltyProgramme.parse({
  key: 'club', name: { fr: 'Le Club' }, unit: 'points',
  earn: {
    base: { key: 'base', kind: 'perAmount', points: 3, perMinor: 100 },
    bonuses: [{ key: 'gift', order: 1, stacking: 'adds', points: 7 }, { key: 'shoes', order: 2, stacking: 'multiplies', factor: 1.5, when: { categories: ['shoes'] } }],
  },
  rewards: [
    { key: 'ten', name: { fr: '10 €' }, costPoints: 100, offerKey: 'tenEuros' },
    { key: 'five', name: { fr: '5 €' }, costPoints: 50, offerKey: 'fiveEuros' },
  ],
});

/** A till and a ledger in memory: what was earned and taken back, and what the order remembers. */
function buy(purchase: Purchase) {
  const transfers: Transfer[] = earn(programme, purchase, { eventId: 'e0', customerId: 'c1', occurredAt: 0, store: null, zone: 'UTC' }).transfers;
  let returned: Returned = {};
  let round = 0;
  const balance = (): number => transfers.reduce((sum, transfer) => sum + changeOfBalance(transfer), 0);
  const bringBack = (back: Omit<Return, 'orderId'>): Reversed => {
    round += 1;
    const movements = transfers.map((transfer): OrderMovement => ({ programmeKey: transfer.programmeKey, rule: transfer.rule, lineId: transfer.lineId ?? null, kind: transfer.kind, amount: changeOfBalance(transfer) }));
    const answer = reverse(purchase, returned, { orderId: purchase.orderId, ...back }, movements, { eventId: `e${round}`, customerId: 'c1', occurredAt: round });
    transfers.push(...answer.transfers);
    returned = answer.returned;
    return answer;
  };
  return { transfers, balance, bringBack };
}

const line = (lineId: string, amountMinor: number, quantity = 1, ...categories: string[]) => ({ lineId, sku: lineId, quantity, amountMinor, categories });
const order = (amountMinor: number, ...lines: ReturnType<typeof line>[]): Purchase => ({ orderId: 'o1', amountMinor, currency: 'EUR', ...(lines.length > 0 ? { lines } : {}) });

it('takes back per line what the line earned, bonuses included, and a second return of it nothing (§10.9)', () => {
  const till = buy(order(3_000, line('1', 1_000, 1, 'shoes'), line('2', 2_000)));
  expect(till.balance()).toBe(90 + 7 + 16);
  const answer = till.bringBack({ lines: [{ lineId: '1' }] });
  expect(answer).toMatchObject({ amountMinor: 1_000, completes: false, unknownLines: [] });
  expect(answer.transfers.map(({ rule, amount }) => [rule, amount])).toEqual([['base', 30], ['gift', 2], ['shoes', 16]]);
  expect(answer.transfers[0]).toMatchObject({ key: 'e1:club:base:1', from: 'customer:available', to: 'programme:issued', kind: 'return', orderId: 'o1', lineId: '1' });
  expect(till.bringBack({ lines: [{ lineId: '1' }] })).toMatchObject({ transfers: [], amountMinor: 0, completes: false });
  expect(till.bringBack({})).toMatchObject({ amountMinor: 2_000, completes: true });
  expect(till.balance()).toBe(0);
  expect(till.bringBack({})).toMatchObject({ transfers: [], amountMinor: 0, completes: false });
});

it('takes back a part of a line by its share, and the rest with the last piece (§10.9)', () => {
  const till = buy(order(1_000, line('1', 1_000, 3)));
  expect(till.balance()).toBe(37);
  expect(till.bringBack({ lines: [{ lineId: '1', quantity: 1 }] })).toMatchObject({ amountMinor: 333, completes: false });
  expect(till.balance()).toBe(37 - 9 - 2);
  expect(till.bringBack({ lines: [{ lineId: '1', amountMinor: 333 }] })).toMatchObject({ amountMinor: 333 });
  expect(till.bringBack({ lines: [{ lineId: '1', quantity: 2 }] })).toMatchObject({ amountMinor: 334, completes: true });
  expect(till.balance()).toBe(0);
});

it('tells lines that the order does not have, and takes nothing for them', () => {
  const till = buy(order(1_000, line('1', 1_000)));
  expect(till.bringBack({ lines: [{ lineId: '9' }] })).toMatchObject({ transfers: [], amountMinor: 0, completes: false, unknownLines: ['9'] });
});

it('takes back an order without lines as a whole, also one of nothing that earned a gift', () => {
  for (const amountMinor of [0, 1_999]) {
    const till = buy(order(amountMinor));
    expect(till.balance()).toBeGreaterThan(0);
    expect(till.bringBack({})).toMatchObject({ amountMinor, completes: true });
    expect(till.balance()).toBe(0);
  }
});

it('lets points go below zero when they were spent in between (§10.9: debt)', () => {
  const till = buy(order(2_000, line('1', 2_000)));
  const reward = redeemReward(programme, 'five', till.balance(), { key: 'r1', customerId: 'c1', at: 1 });
  if (reward.ok) till.transfers.push(reward.value.transfer);
  till.bringBack({});
  expect(till.balance()).toBe(-50);
});

const lines = fc.uniqueArray(fc.tuple(fc.nat(9), fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 4 }), fc.boolean()), { selector: ([id]) => id, maxLength: 6 });
const returns = fc.array(fc.uniqueArray(fc.tuple(fc.nat(9), fc.option(fc.integer({ min: 1, max: 3 })), fc.option(fc.nat(5_000))), { selector: ([id]) => id, minLength: 1, maxLength: 3 }), { maxLength: 5 });

it('leaves nothing when all is returned, in any pieces and for any lines, and every transfer sums to zero (§10.1, §10.9)', () => {
  fc.assert(fc.property(lines, fc.integer({ min: 0, max: 50_000 }), returns, (drawn, amountMinor, pieces) => {
    const till = buy(order(amountMinor, ...drawn.map(([id, amount, quantity, isShoes]) => line(String(id), amount, quantity, ...(isShoes ? ['shoes'] : [])))));
    let backMinor = 0;
    let completions = 0;
    const back = (body: Omit<Return, 'orderId'>): void => {
      const before = till.balance();
      const answer = till.bringBack(body);
      backMinor += answer.amountMinor;
      completions += Number(answer.completes);
      expect(answer.amountMinor).toBeGreaterThanOrEqual(0);
      expect(till.balance()).toBeLessThanOrEqual(before);
      expect(till.balance()).toBeGreaterThanOrEqual(0);
    };
    for (const piece of pieces) back({ lines: piece.map(([id, quantity, amount]) => ({ lineId: String(id), ...(quantity === null ? {} : { quantity }), ...(amount === null ? {} : { amountMinor: amount }) })) });
    back({});
    back({});
    expect([till.balance(), backMinor, completions]).toEqual([0, amountMinor, 1]);
    expect(new Set(till.transfers.map(({ key }) => key)).size).toBe(till.transfers.length);
    for (const transfer of till.transfers) {
      expect(Transfer.safeParse(transfer).success).toBe(true);
      expect(postingsOf(transfer).reduce((sum, posting) => sum + posting.amount, 0)).toBe(0);
    }
  }), { numRuns: 300 });
});

it('writes both sides of a transfer, the customer only on their own account (§10.1)', () => {
  const [out, into] = postingsOf({ key: 'k', programmeKey: 'club', customerId: 'c1', from: 'programme:issued', to: 'customer:available', amount: 5, kind: 'give', rule: 'r', at: 1 });
  expect(out).toMatchObject({ account: 'programme:issued', customerId: null, amount: -5, lineId: null });
  expect(into).toMatchObject({ account: 'customer:available', customerId: 'c1', amount: 5 });
});

it('takes a reward when the balance allows it, and says what is missing (§10.7)', () => {
  const context = { key: 'r1', customerId: 'c1', at: 1 };
  expect(redeemReward(programme, 'ten', 100, context)).toMatchObject({ ok: true, value: { transfer: { amount: 100, from: 'customer:available', to: 'programme:redeemed', kind: 'reward' } } });
  expect(redeemReward(programme, 'ten', 62, context)).toMatchObject({ ok: false, problems: [{ code: 'reward.missingPoints', message: expect.stringContaining('38 are missing') as string }] });
  expect(redeemReward(programme, 'car', 62, context)).toMatchObject({ ok: false, problems: [{ code: 'reward.unknown' }] });
  expect(missingToNextReward(programme, 62)).toMatchObject({ reachable: [{ key: 'five' }], next: { reward: { key: 'ten' }, missingPoints: 38 } });
  expect(missingToNextReward(programme, 100).next).toBeNull();
  expect(missingToNextReward(programme, -50)).toMatchObject({ reachable: [], next: { missingPoints: 100 } });
});
