import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '#domain/shared/time.ts';
import { chooseWinner, countBranches, decidesAt, sureness, type SplitPass, type SplitTest } from './split-test.ts';

const test = (decideAfter: SplitTest['decideAfter'], withinHours = 24): SplitTest => ({ goal: { type: 'purchase' }, withinHours, decideAfter });
const pass = (index: number, branch: string, hours: number): SplitPass => ({ customerId: `c${String(index).padStart(3, '0')}`, branch, at: hours * HOUR_MS });

describe('§4.2 the test of a split', () => {
  it('is decided once n people have had their time since it, or n hours after the first of them', () => {
    const passes = Array.from({ length: 30 }, (_, index) => pass(index, index % 2 ? 'a' : 'b', index));
    expect(decidesAt(test({ people: 20 }), passes)).toBe((19 + 24) * HOUR_MS);
    expect(decidesAt(test({ people: 31 }), passes)).toBeNull();
    expect(decidesAt(test({ hours: 100 }), passes)).toBe(100 * HOUR_MS);
    expect(decidesAt(test({ hours: 100 }), [])).toBeNull();
  });

  it('counts for each branch only who has had as long as everybody else, and what was done in that time', () => {
    const passes = [pass(1, 'a', 0), pass(2, 'a', 1), pass(3, 'b', 2), pass(4, 'b', 30)];
    const goals = [{ customerId: 'c001', at: 0 }, { customerId: 'c002', at: 24 * HOUR_MS }, { customerId: 'c003', at: 27 * HOUR_MS }, { customerId: 'c004', at: 31 * HOUR_MS }];
    expect(countBranches(test({ hours: 40 }), ['a', 'b'], passes, goals, 40 * HOUR_MS)).toEqual([{ branch: 'a', people: 2, converted: 1 }, { branch: 'b', people: 1, converted: 0 }]);
  });

  it('is won by the greatest share, and by nobody when nobody reached the goal or two are level', () => {
    expect(chooseWinner([{ branch: 'a', people: 100, converted: 9 }, { branch: 'b', people: 50, converted: 5 }])).toBe('b');
    expect(chooseWinner([{ branch: 'a', people: 100, converted: 0 }, { branch: 'b', people: 50, converted: 0 }])).toBeNull();
    expect(chooseWinner([{ branch: 'a', people: 100, converted: 10 }, { branch: 'b', people: 50, converted: 5 }])).toBeNull();
  });

  it('says how sure it is by the test of two proportions, and nothing where too few were counted', () => {
    // Worked by hand: pooled 0.105, standard error 0.0433, z 1.3856, two-sided 0.1658.
    expect(sureness([{ branch: 'a', people: 100, converted: 7 }, { branch: 'b', people: 100, converted: 14 }])).toBeCloseTo(0.893, 2);
    expect(sureness([{ branch: 'a', people: 1_000, converted: 50 }, { branch: 'b', people: 1_000, converted: 90 }])).toBeGreaterThan(0.99);
    expect(sureness([{ branch: 'a', people: 20, converted: 1 }, { branch: 'b', people: 20, converted: 3 }])).toBeNull();
  });

  it('gives the same figures and the same moment in whatever order the passes are read', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 500 }), branch: fc.constantFrom('a', 'b'), hours: fc.integer({ min: 0, max: 50 }) }), { selector: ({ id }) => id, minLength: 20, maxLength: 40 }), (drawn) => {
      const passes = drawn.map(({ id, branch, hours }) => pass(id, branch, hours));
      const turned = [...passes].reverse();
      const settings = test({ people: 20 });
      const at = decidesAt(settings, passes);
      expect(decidesAt(settings, turned)).toBe(at);
      const goals = passes.filter((_, index) => index % 3 === 0).map(({ customerId, at: when }) => ({ customerId, at: when + HOUR_MS }));
      const figures = countBranches(settings, ['a', 'b'], passes, goals, at ?? 0);
      expect(countBranches(settings, ['a', 'b'], turned, goals, at ?? 0)).toEqual(figures);
      expect(figures.reduce((sum, { people }) => sum + people, 0)).toBeGreaterThanOrEqual(20);
    }));
  });
});
