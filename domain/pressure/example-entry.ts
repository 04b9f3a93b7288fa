/** Ledger entries and rules for the tests of this folder: plain defaults, of which a test names only what it is about. */
import type { PressureCandidate } from '#domain/pressure/bound-limit.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { PressurePolicy, PressureRule } from '#domain/pressure/policy.ts';

export const exampleEntry = (messageKey: string, at: number, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  messageKey, at, dueAt: at, channel: 'email', category: 'information', sender: 'brand', weight: 1, counts: true, state: 'handedOver',
  priority: 50, rank: 2, journeyId: 'journey', entryKey: messageKey, nodeId: 'mail', visit: 1, label: messageKey.toUpperCase(), ...changes,
});

export const exampleCandidate = (entry: LedgerEntry): PressureCandidate => ({ ...entry, ignoresCap: false });

export const policyOf = (...rules: (Omit<PressureRule, 'key' | 'scope'> & Partial<PressureRule>)[]): PressurePolicy => ({
  formatVersion: 1,
  categories: [{ key: 'information', names: { en: 'Information' }, weight: 1, priority: 50, rank: 2, transactional: false, purpose: 'marketing' }],
  rules: rules.map((rule, index) => ({ key: `rule-${index}`, scope: { kind: 'everyone' }, ...rule })),
});
