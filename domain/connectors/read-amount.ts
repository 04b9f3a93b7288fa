/** Amounts of a post, exact: `$.total`, or a small sum such as `#.price * #.quantity - #.total_discount`, in decimals or in minor units. */
import { z } from 'zod';
import { isPath, valueAtPath, type Place } from './source.ts';

const NUMBER = /^-?\d{1,15}(\.\d{1,10})?$/;
const SCALE = 10n ** 10n;
const SCALE_DIGITS = 10;

/** Terms by ` + ` and ` - `, factors by ` * `; each a path or a number. */
const terms = (text: string): { sign: 1n | -1n; factors: string[] }[] =>
  text.trim().split(/ (?=[+-] )/).map((part) => ({ sign: part.startsWith('- ') ? -1n : 1n, factors: part.replace(/^[+-] /, '').split(' * ').map((each) => each.trim()) }));

export const AmountSource = z.string().trim().min(1).max(300).refine((text) => terms(text).every(({ factors }) => factors.every((each) => isPath(each) || NUMBER.test(each))), 'Write a path such as $.total, or a sum such as #.price * #.quantity - #.total_discount.');

/** In ten-billionths; null when it is no number. */
function scaled(value: unknown): bigint | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  if (!NUMBER.test(text)) return null;
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = BigInt(fraction.padEnd(SCALE_DIGITS, '0'));
  return whole.startsWith('-') ? BigInt(whole) * SCALE - digits : BigInt(whole) * SCALE + digits;
}

/** The exact value, or the part that is no number. */
export function readDecimal(source: string, place: Place): { ok: true; value: bigint } | { ok: false; part: string } {
  let sum = 0n;
  for (const { sign, factors } of terms(source)) {
    let product = SCALE;
    for (const factor of factors) {
      const value = scaled(isPath(factor) ? valueAtPath(factor, place) : factor);
      if (value === null) return { ok: false, part: factor };
      product = (product * value) / SCALE;
    }
    sum += sign * product;
  }
  return { ok: true, value: sum };
}

/** In minor units, half of one rounded up. `exponent`: how many digits the currency has after its mark, 0 when the post counts in minor units already. */
export function toMinor(value: bigint, exponent: number): number {
  const unit = SCALE / 10n ** BigInt(exponent);
  const rounded = value < 0n ? -((-value * 2n + unit) / (unit * 2n)) : (value * 2n + unit) / (unit * 2n);
  return Number(rounded);
}
export const toNumber = (value: bigint): number => Number(value) / Number(SCALE);
