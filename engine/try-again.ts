/** Which failures of a transaction are nobody's doing, and the one bounded repetition of those that the database asks for. */
import { PermanentError } from './permanent-error.ts';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** The database gave the transaction up for another's sake: a deadlock, a serialization failure. Done again, it goes through. */
export const SPENT = ['40P01', '40001'] as const;

/**
 * A failure of the database itself or of the way to it (SQLSTATE classes 08, 40, 53, 55, 57, 58, and the codes of postgres.js and Node): whoever
 * called tries again later. Whatever else fails in a batch is the doing of one of its members.
 */
export const isTransient = (error: unknown): boolean => /^((08|40|53|55|57|58)[0-9A-Z]{3}|CONNECT.*|E[A-Z]+)$/.test(codeOf(error));

/** Whether a batch that failed so may be halved until the member is found that spoils it. */
export const isOfOneMember = (error: unknown): boolean => !isTransient(error) && !(error instanceof PermanentError);

/** Runs a transaction up to three times while it fails with one of these codes. Only for work that leaves nothing behind when it fails. */
export async function tryAgain<T>(transact: () => Promise<T>, codes: readonly string[] = SPENT): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact();
    } catch (error) {
      if (attempt === 3 || !codes.includes(codeOf(error))) throw error;
    }
  }
}
