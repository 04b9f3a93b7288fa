/**
 * Codes of vouchers, read aloud and typed at tills: `K7QM-2XWA-9BTE`. Eleven characters of chance (55 bits, so a code cannot be guessed) and
 * a check character that finds a single wrong one. The alphabet has no 0, 1, I or O.
 */
import { invariant } from '#domain/shared/invariant.ts';

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CHANCE_LENGTH = 11;
export const VOUCHER_CODE_BYTES = 7;

/** The check character by the Luhn algorithm modulo 32: any single wrong character is found, and nearly every pair swapped. */
function checkCharacter(body: string): string {
  let sum = 0;
  [...body].reverse().forEach((character, index) => {
    const value = ALPHABET.indexOf(character) * (index % 2 === 0 ? 2 : 1);
    sum += Math.floor(value / ALPHABET.length) + (value % ALPHABET.length);
  });
  return ALPHABET.charAt((ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length);
}

/** The code of seven random bytes that the shell drew; of their 56 bits the last 55 count. */
export function voucherCode(bytes: Uint8Array): string {
  invariant(bytes.length === VOUCHER_CODE_BYTES, `a voucher code is made of ${VOUCHER_CODE_BYTES} random bytes`);
  let bits = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  let body = '';
  for (let index = 0; index < CHANCE_LENGTH; index += 1) {
    body += ALPHABET.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  const code = body + checkCharacter(body);
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

/** A typed code as it is stored (capitals, hyphens in place), or null when it is mistyped: small letters, spaces and missing hyphens do not matter. */
export function readVoucherCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '');
  if (code.length !== CHANCE_LENGTH + 1 || [...code].some((character) => !ALPHABET.includes(character))) return null;
  if (checkCharacter(code.slice(0, -1)) !== code.slice(-1)) return null;
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}
