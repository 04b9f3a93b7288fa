/** Tills and staff of a store as the API answers them; instants are real time. */
export type Till = { id: string; name: string; pairedAt: string | null; lastSeenAt: string | null; codeExpiresAt: string | null; waiting: number; refused: number };
export type Staff = { id: string; name: string; lastUsedAt: string | null; lockedUntil: string | null };
export type StoreTills = { id: string; externalId: string; name: string; city: string | null; tills: Till[]; staff: Staff[] };
export type TillCode = { code: string; expiresAt: string };

/** A till tells each minute that it is there: after three it is not. */
const THERE_MS = 3 * 60_000;

export type TillState = 'connected' | 'away' | 'notPaired';
export const stateOfTill = ({ pairedAt, lastSeenAt }: Till, now: number): TillState => (pairedAt === null ? 'notPaired' : lastSeenAt !== null && now - Date.parse(lastSeenAt) < THERE_MS ? 'connected' : 'away');

/** «Counter 3» after «Counter 2»: the first number that is free. */
export function nextTillName(names: readonly string[], make: (number: number) => string): string {
  let number = 1;
  while (names.includes(make(number))) number += 1;
  return make(number);
}
