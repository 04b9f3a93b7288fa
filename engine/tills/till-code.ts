/** What a till proves itself with: first a code that a person types once, then a token that its device keeps. Only hashes of both are kept here. */
import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import { secretsOf, type Keyring } from '#engine/seal-secret.ts';

/** Capital letters and digits without look-alikes. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
export const CODE_MINUTES = 10;

const DEVICE_TOKEN = /^ptd_([A-Za-z0-9_-]{43})$/;

/** Eight characters, shown with a dash in the middle: some 850 milliards of them, of which one is good for ten minutes. */
export function newTillCode(): string {
  const letters = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${letters.slice(0, CODE_LENGTH / 2)}-${letters.slice(CODE_LENGTH / 2)}`;
}

/** The code as it was typed, small or capital, with or without its dash; null when it cannot be one. */
export function readTillCode(text: string): string | null {
  const letters = text.toUpperCase().replace(/[\s\u00a0\u2010-\u2015-]/g, '');
  return letters.length === CODE_LENGTH && [...letters].every((letter) => LETTERS.includes(letter)) ? letters : null;
}

const hashWith = (secret: string, letters: string): Buffer => createHmac('sha256', secret).update('till code').update(letters).digest();

/** A code is short, so its hash takes the installation's secret: whoever reads the table cannot try codes out. */
export const hashTillCode = ({ secret }: Pick<Keyring, 'secret'>, code: string): Buffer => hashWith(secret, readTillCode(code) ?? '');
/** In hexadecimal digits: one for each secret that may have made it. */
export const possibleCodeHashes = (keyring: Keyring, letters: string): string[] => secretsOf(keyring).map((secret) => hashWith(secret, letters).toString('hex'));

export const newDeviceToken = (): string => `ptd_${randomBytes(32).toString('base64url')}`;

/** The token is random, so a fast hash is enough; null when the text is none. */
export function hashDeviceToken(text: string): Buffer | null {
  const secret = DEVICE_TOKEN.exec(text)?.[1];
  return secret === undefined ? null : createHash('sha256').update(Buffer.from(secret, 'base64url')).digest();
}
