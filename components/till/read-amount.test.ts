import { expect, it } from 'vitest';
import { isScan, readAmountMinor, writeAmount } from '#components/till/read-amount.ts';

it('reads an amount as people type it, with a comma or a point (issue 4 §3)', () => {
  expect(['62,5', '62.50', '1 234,50 €', '0', '62,', '7'].map((text) => readAmountMinor(text, 2))).toEqual([6250, 6250, 123450, 0, 6200, 700]);
  expect(['', '-3', '12,345', 'abc', '2701900001'].map((text) => readAmountMinor(text, 2))).toEqual([null, null, null, null, null]);
  expect(readAmountMinor('500', 0)).toBe(500);
});

it('writes an amount so that it is read as the same', () => {
  expect(writeAmount(123456, 2, 'fr')).toBe('1234,56');
  expect(readAmountMinor(writeAmount(123456, 2, 'fr'), 2)).toBe(123456);
});

it('knows what a scanner typed into the amount (issue 4 §3)', () => {
  expect(['2701900001', 'K7QM-2XWA-9BTE', 'zoe@example.org', '0612345678'].every(isScan)).toBe(true);
  expect(['62,50', '1234567', '12'].some(isScan)).toBe(false);
});
