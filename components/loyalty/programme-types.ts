/** Loyalty programmes as the API answers them. */
import type { LoyaltyProgramme } from '#domain/loyalty/programme.ts';

export type ProgrammeSummary = { id: string; revision: number; programme: LoyaltyProgramme; updatedAt: string };
export type Account = { account: string; ledger: number; balances: number; customers: number };
/** A programme while it is written: the domain says what is missing. */
export type ProgrammeDraft = LoyaltyProgramme;

export const NEW_PROGRAMME: ProgrammeDraft = { key: '', name: {}, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100, eligible: 'total' }, bonuses: [] }, rewards: [] };

/** A key that none of these has. */
export function freeKey(stem: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}
