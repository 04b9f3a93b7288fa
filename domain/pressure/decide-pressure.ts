/**
 * The one decision on pressure, asked when a message is planned and again, last of all, before it is handed over (stages 3 and 4). It
 * promises that a cap is never exceeded, whatever the order in which messages ask (§5.5), as long as each asks under the customer's
 * lock at the instant at which it leaves.
 *
 * Both askings count the same (§5.16): what was handed over or is unknown, and the reservations that stand before the message in the
 * order of §5.7. So a better message may reserve over a lesser one, and reservations together may exceed a maximum; what *leaves* never
 * does, because the lesser one counts the better when it is asked for the last time and is refused there. Refusing the better one
 * because the lesser came first would make the order of arrival stronger than the order that is published.
 */
import { bindLimits, fits, measureLimit, type BoundLimit, type LimitKind, type Measure, type PressureCandidate } from '#domain/pressure/bound-limit.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { freeInstant } from '#domain/pressure/next-free.ts';
import type { PressurePolicy, PressureWindow } from '#domain/pressure/policy.ts';
import type { Instant } from '#domain/shared/time.ts';

/** How full one limit was: `counted` without the message, `own` what it adds; messages or weight, as `limit` says. */
export type RuleUsage = { rule: string; limit: LimitKind; counted: number; own: number; maximum: number };

/** A limit that said no, with all that its explanation needs (§5.11). */
export type Refusal = RuleUsage & {
  ruleName: string | null;
  window: PressureWindow;
  /** The fullest window with the message in it. */
  from: Instant;
  to: Instant;
  filledBy: { label: string; at: Instant; channel: string; state: LedgerEntry['state'] }[];
  /** From when on this limit alone would let it pass; null when never, or not within 400 days. */
  freedBy: Instant | null;
};

export type PressureDecision =
  | { kind: 'pass'; counted: RuleUsage[] }
  /** `freeAt`: when all limits together would let it pass, as the ledger stands. */
  | { kind: 'capped'; refusals: Refusal[]; freeAt: Instant | null };

export type PressureQuestion = {
  policy: PressurePolicy;
  ledger: readonly LedgerEntry[];
  candidate: PressureCandidate;
  /** When the message would leave: its due instant when planned, the present at the last check. */
  at: Instant;
  /** The customer's zone (§3.3), for calendar windows. */
  zone: string;
};

const usageOf = ({ rule, kind, own, maximum }: BoundLimit, { counted }: Measure): RuleUsage => ({ rule: rule.key, limit: kind, counted, own, maximum });

function refuse(limit: BoundLimit, measure: Measure, at: Instant, zone: string): Refusal {
  return {
    ...usageOf(limit, measure),
    ruleName: limit.rule.name ?? null,
    window: limit.window,
    from: measure.from,
    to: measure.to,
    filledBy: limit.entries.slice(measure.first, measure.end).map((entry) => ({ label: entry.label, at: entry.at, channel: entry.channel, state: entry.state })),
    freedBy: freeInstant([limit], at, zone),
  };
}

/**
 * Whether the message may leave at `at` under every rule of the policy (§5.3), with how full each was, or every rule that refuses it
 * and why (§5.11). A message that ignores the cap passes uncounted (§5.9); one that merely does not count must still fit. The ledger
 * may hold the message's own reservation: it is left out (§5.16). It must hold at least what `reachSeconds` says, and all later.
 */
export function decidePressure({ policy, ledger, candidate, at, zone }: PressureQuestion): PressureDecision {
  if (candidate.ignoresCap) return { kind: 'pass', counted: [] };
  const limits = bindLimits(policy, ledger, candidate);
  const measured = limits.map((limit) => ({ limit, measure: measureLimit(limit, at, zone) }));
  const refused = measured.filter(({ limit, measure }) => !fits(limit, measure));
  if (refused.length === 0) return { kind: 'pass', counted: measured.map(({ limit, measure }) => usageOf(limit, measure)) };
  return {
    kind: 'capped',
    refusals: refused.map(({ limit, measure }) => refuse(limit, measure, at, zone)),
    freeAt: freeInstant(limits, at, zone),
  };
}
