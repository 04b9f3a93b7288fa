/** Recovery codes: made without letters that look alike, shown once, and kept as hashes. Each has 59 bits of chance, so that a plain hash tells nothing of it. */
import { createHash, randomInt } from 'node:crypto';
import { z } from 'zod';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const COUNT = 8;
const LENGTH = 12;
const HASHED = 'sha256:';

const makeCode = (): string => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('').replace(/(.{4})(?=.)/g, '$1-');

export const makeRecoveryCodes = (): string[] => Array.from({ length: COUNT }, makeCode);

/** However somebody types it: spaces, dashes and capitals are no part of a code. */
export const hashRecoveryCode = (typed: string): string => HASHED + createHash('sha256').update(typed.toLowerCase().replace(/[^a-z0-9]/g, '')).digest('base64url');

/** What is kept of a list of codes; those that are hashes already stay. */
export function keepRecoveryCodes(json: string): string {
  const codes = z.array(z.string()).parse(JSON.parse(json));
  return JSON.stringify(codes.map((code) => (code.startsWith(HASHED) ? code : hashRecoveryCode(code))));
}
