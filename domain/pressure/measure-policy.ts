/** How full each limit of the policy is for a customer at an instant, whoever might ask next: what the pressure meter shows (§5.11). */
import { calendarWindow } from '#domain/pressure/calendar-window.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { PressurePolicy, PressureRule } from '#domain/pressure/policy.ts';
import { SECOND_MS, type Instant } from '#domain/shared/time.ts';

export type LimitFill = {
  rule: string;
  name: string | null;
  scope: PressureRule['scope'];
  kind: 'count' | 'weight';
  used: number;
  maximum: number;
  unit: string | null;
  seconds: number | null;
  /** What fills it, by instant; reservations of messages still to leave are among it. */
  filledBy: { label: string; at: Instant; channel: string; state: string }[];
};

function concerns({ scope }: PressureRule, entry: LedgerEntry): boolean {
  if (scope.kind === 'everyone') return true;
  if (scope.kind === 'channel') return entry.channel === scope.channel;
  return scope.kind === 'category' ? entry.category === scope.category : entry.sender === scope.sender;
}

/**
 * A line per rule with a maximum, in the policy's order. A rolling window holds what left within its length before `at` and what is reserved
 * within its length after; a calendar one the customer's own day, week or month in `zone`. Intervals have no fill and are left out.
 */
export function measurePolicy(policy: PressurePolicy, ledger: readonly LedgerEntry[], at: Instant, zone: string): LimitFill[] {
  return policy.rules.flatMap((rule): LimitFill[] => {
    const { window, maximumCount, maximumWeight } = rule;
    const maximum = maximumCount ?? maximumWeight;
    if (!window || maximum === undefined) return [];
    const span = window.kind === 'calendar' ? calendarWindow(window.unit, at, zone) : { from: at - window.seconds * SECOND_MS + 1, to: at + window.seconds * SECOND_MS };
    const entries = ledger.filter((entry) => entry.counts && concerns(rule, entry) && entry.at >= span.from && entry.at < span.to).sort((left, right) => left.at - right.at);
    const kind = maximumCount === undefined ? 'weight' : 'count';
    return [{
      rule: rule.key, name: rule.name ?? null, scope: rule.scope, kind, maximum,
      used: entries.reduce((sum, entry) => sum + (kind === 'weight' ? entry.weight : 1), 0),
      unit: window.kind === 'calendar' ? window.unit : null, seconds: window.kind === 'rolling' ? window.seconds : null,
      filledBy: entries.map(({ label, at: moment, channel, state }) => ({ label, at: moment, channel, state })),
    }];
  });
}
