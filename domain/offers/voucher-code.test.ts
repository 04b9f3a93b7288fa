import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readVoucherCode, voucherCode, VOUCHER_CODE_BYTES } from '#domain/offers/voucher-code.ts';

const bytes = fc.uint8Array({ minLength: VOUCHER_CODE_BYTES, maxLength: VOUCHER_CODE_BYTES });
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

it('makes codes without letters that look like digits, and reads them back as people type them', () => {
  expect(voucherCode(new Uint8Array(7))).toMatch(/^2222-2222-222.$/);
  fc.assert(fc.property(bytes, (random) => {
    const code = voucherCode(random);
    expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$/);
    expect(readVoucherCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
  }));
});

it('finds any single mistyped character', () => {
  fc.assert(fc.property(bytes, fc.nat(11), fc.integer({ min: 1, max: 31 }), (random, place, shift) => {
    const code = voucherCode(random).replaceAll('-', '');
    const wrong = ALPHABET.charAt((ALPHABET.indexOf(code.charAt(place)) + shift) % 32);
    expect(readVoucherCode(code.slice(0, place) + wrong + code.slice(place + 1))).toBeNull();
  }));
});

it('gives different codes to different chance', () => {
  fc.assert(fc.property(bytes, bytes, (left, right) => {
    const differ = left.some((byte, index) => (index === 0 ? (byte ^ (right[0] ?? 0)) & 0x7f : byte !== right[index]));
    expect(voucherCode(left) !== voucherCode(right)).toBe(Boolean(differ));
  }));
});

it('reads no other text as a code', () => {
  for (const text of ['', 'ABCD', '0000-0000-0000', 'IIII-IIII-IIII', '2222-2222-22222']) expect(readVoucherCode(text)).toBeNull();
});
