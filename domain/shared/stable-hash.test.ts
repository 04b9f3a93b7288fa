import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stableHash } from '#domain/shared/stable-hash.ts';

it('keeps its numbers for ever, because splits and holdouts rely on them (§1.7, §4.2)', () => {
  expect(stableHash()).toBe(0.37069325695158317);
  expect(stableHash('split', 'node-1', 'customer-1')).toBe(0.19717093870624658);
  expect(stableHash('é', '👋')).toBe(0.5054948601331922);
});

it('stays in [0, 1) and gives the same number to the same parts', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
    const value = stableHash(...parts);
    return value >= 0 && value < 1 && value === stableHash(...parts);
  }));
});

it('tells where one part ends and the next begins', () => {
  expect(stableHash('ab', 'c')).not.toBe(stableHash('a', 'bc'));
  expect(stableHash('a', '')).not.toBe(stableHash('a'));
});

it('spreads 100,000 sequential customers evenly over ten shares', () => {
  const shares = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 100_000; index += 1) {
    const share = Math.floor(stableHash('split', 'node-1', `customer-${index}`) * 10);
    shares[share] = (shares[share] ?? 0) + 1;
  }
  for (const share of shares) expect(Math.abs(share - 10_000)).toBeLessThan(400);
});

it('decides two nodes independently of each other', () => {
  let both = 0;
  for (let index = 0; index < 40_000; index += 1) {
    if (stableHash('split', 'a', `c${index}`) < 0.5 && stableHash('split', 'b', `c${index}`) < 0.5) both += 1;
  }
  expect(Math.abs(both - 10_000)).toBeLessThan(400);
});
