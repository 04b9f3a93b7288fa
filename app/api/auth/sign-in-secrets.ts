/** The secrets of sign-in by version: what was sealed under the former secret is still opened while that one is given. */
import { createHash } from 'node:crypto';

export type SignInSecret = { version: number; value: string };

/** A version that follows from the secret itself, so that nobody has to count. */
const versionOf = (secret: string): number => createHash('sha256').update(`sign-in:${secret}`).digest().readUInt32BE(0);

/** The present one first: it signs and seals. */
export const signInSecrets = (secret: string, formerSecret?: string): [SignInSecret, ...SignInSecret[]] => [
  { version: versionOf(secret), value: secret },
  ...(formerSecret === undefined || formerSecret === secret ? [] : [{ version: versionOf(formerSecret), value: formerSecret }]),
];
