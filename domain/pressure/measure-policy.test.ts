import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { measurePolicy } from '#domain/pressure/measure-policy.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { DAY_MS } from '#domain/shared/time.ts';

const at = Date.UTC(2026, 2, 12, 12);
const entry = (own: Partial<LedgerEntry>): LedgerEntry => ({
  messageKey: String(own.at), channel: 'email', category: 'news', sender: 'brand', weight: 10, counts: true, at, state: 'handedOver', priority: 50, rank: 1, dueAt: at,
  journeyId: 'j', entryKey: 'e', nodeId: 'n', visit: 1, label: 'News', ...own,
});
const policy: PressurePolicy = {
  formatVersion: 1,
  categories: [{ key: 'news', names: { en: 'News' }, weight: 10, priority: 50, rank: 1, transactional: false, purpose: 'marketing' }],
  rules: [
    { key: 'week', scope: { kind: 'everyone' }, window: { kind: 'rolling', seconds: 7 * 86_400 }, maximumCount: 3 },
    { key: 'sms', scope: { kind: 'channel', channel: 'sms' }, window: { kind: 'calendar', unit: 'day' }, maximumWeight: 20 },
    { key: 'gap', scope: { kind: 'everyone' }, minimumIntervalSeconds: 3_600 },
  ],
};

describe('the fill of the limits', () => {
  it('counts what left within the window and what is reserved, and nothing that does not count (§5.11)', () => {
    const ledger = [entry({ at: at - 8 * DAY_MS }), entry({ at: at - DAY_MS }), entry({ at: at + DAY_MS, state: 'reserved' }), entry({ at: at - 2 * DAY_MS, counts: false })];
    const [week] = measurePolicy(policy, ledger, at, 'Europe/Paris');
    expect(week).toMatchObject({ rule: 'week', kind: 'count', used: 2, maximum: 3, seconds: 7 * 86_400, unit: null });
    expect(week?.filledBy.map(({ at: moment }) => moment)).toEqual([at - DAY_MS, at + DAY_MS]);
  });

  it('sums weights of its channel in the customer’s own day, and leaves intervals out (§5.3)', () => {
    const ledger = [entry({ channel: 'sms', at: at - 3_600_000 }), entry({ channel: 'sms', at: at - DAY_MS }), entry({ at })];
    const fills = measurePolicy(policy, ledger, at, 'Europe/Paris');
    expect(fills.map(({ rule }) => rule)).toEqual(['week', 'sms']);
    expect(fills[1]).toMatchObject({ kind: 'weight', used: 10, maximum: 20, unit: 'day' });
  });
});
