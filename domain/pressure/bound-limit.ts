/**
 * A rule of the policy, bound to one message and one ledger: what it counts and how much is left at an instant. The first half of
 * every pressure decision; `decide-pressure.ts` and `next-free.ts` only compare.
 *
 * A message may take its place *before* a later reservation, so a rolling rule must hold for every window that contains the message
 * and not only for the one that ends with it: with a cap of 1 in 7 days and a reservation on Thursday, a message on Monday would make
 * two within the seven days that end on Thursday. What a window holds only grows at the instant of an entry, so it is enough to look
 * at the window that ends at the message and those that end at an entry less than one length later; the fullest one decides. A
 * minimum interval is the same thing: one message at most in any window of that length.
 */
import { calendarWindow, type Span } from '#domain/pressure/calendar-window.ts';
import { compareArbitration, type ArbitrationKey } from '#domain/pressure/compare-arbitration.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { PressurePolicy, PressureRule, PressureScope, PressureWindow } from '#domain/pressure/policy.ts';
import { SECOND_MS, type Instant } from '#domain/shared/time.ts';

/** The message that asks. `ignoresCap` comes from its category (§5.9); whether it counts is a matter of its entry. */
export type PressureCandidate = ArbitrationKey & Pick<LedgerEntry, 'channel' | 'category' | 'sender' | 'weight'> & { ignoresCap: boolean };

export const LIMIT_KINDS = ['count', 'weight', 'interval'] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

export type BoundLimit = {
  rule: PressureRule;
  kind: LimitKind;
  window: PressureWindow;
  maximum: number;
  /** What the message itself would add: its weight, or 1. */
  own: number;
  /** What may count against it, by instant. */
  entries: readonly LedgerEntry[];
};

/** The fullest window that contains the instant; for a rolling one `from` itself lies outside and `to` inside, for a calendar one the reverse. */
export type Measure = Span & { counted: number; first: number; end: number };

function inScope(scope: PressureScope, message: Pick<LedgerEntry, 'channel' | 'category' | 'sender'>): boolean {
  switch (scope.kind) {
    case 'everyone': return true;
    case 'channel': return message.channel === scope.channel;
    case 'category': return message.category === scope.category;
    case 'sender': return message.sender === scope.sender;
  }
}

/**
 * The limits of the policy that concern this message, each with the entries that count against it (§5.16): what was handed over or
 * is unknown, and the reservations that stand before the message in the order of §5.7; never the message itself, never what does
 * not count (§5.9).
 */
export function bindLimits(policy: PressurePolicy, ledger: readonly LedgerEntry[], candidate: PressureCandidate): BoundLimit[] {
  const counting = ledger
    .filter((entry) => entry.counts && entry.messageKey !== candidate.messageKey && (entry.state !== 'reserved' || compareArbitration(entry, candidate) < 0))
    .sort((a, b) => a.at - b.at || compareArbitration(a, b));
  const limits: BoundLimit[] = [];
  for (const rule of policy.rules) {
    const { scope, window, maximumCount, maximumWeight, minimumIntervalSeconds } = rule;
    if (!inScope(scope, candidate)) continue;
    const entries = scope.kind === 'everyone' ? counting : counting.filter((entry) => inScope(scope, entry));
    if (window && maximumCount !== undefined) limits.push({ rule, kind: 'count', window, maximum: maximumCount, own: 1, entries });
    if (window && maximumWeight !== undefined) limits.push({ rule, kind: 'weight', window, maximum: maximumWeight, own: candidate.weight, entries });
    if (minimumIntervalSeconds !== undefined) {
      limits.push({ rule, kind: 'interval', window: { kind: 'rolling', seconds: minimumIntervalSeconds }, maximum: 1, own: 1, entries });
    }
  }
  return limits;
}

const costOf = (kind: LimitKind, entry: LedgerEntry): number => (kind === 'weight' ? entry.weight : 1);

function measureCalendar({ kind, entries }: BoundLimit, { from, to }: Span): Measure {
  let counted = 0;
  let first = 0;
  let end = 0;
  entries.forEach((entry, index) => {
    if (entry.at < from) first = index + 1;
    else if (entry.at < to) counted += costOf(kind, entry);
    if (entry.at < to) end = index + 1;
  });
  return { from, to, counted, first, end };
}

function measureRolling({ kind, entries }: BoundLimit, at: Instant, lengthMs: number): Measure {
  let first = 0;
  let end = 0;
  let sum = 0;
  let fullest: Measure = { from: at - lengthMs, to: at, counted: -1, first: 0, end: 0 };
  for (let to = at; to < at + lengthMs; to = entries[end]?.at ?? Infinity) {
    for (let next = entries[end]; next && next.at <= to; next = entries[end]) {
      sum += costOf(kind, next);
      end += 1;
    }
    for (let oldest = entries[first]; oldest && oldest.at <= to - lengthMs; oldest = entries[first]) {
      sum -= costOf(kind, oldest);
      first += 1;
    }
    if (sum > fullest.counted) fullest = { from: to - lengthMs, to, counted: sum, first, end };
  }
  return fullest;
}

/** How full the limit is for a message that leaves at this instant; `entries.slice(first, end)` is what fills it. */
export const measureLimit = (limit: BoundLimit, at: Instant, zone: string): Measure =>
  limit.window.kind === 'calendar'
    ? measureCalendar(limit, calendarWindow(limit.window.unit, at, zone))
    : measureRolling(limit, at, limit.window.seconds * SECOND_MS);

/** §5.6: what is counted in the window and the message itself fit under the maximum. */
export const fits = (limit: BoundLimit, measure: Measure): boolean => measure.counted + limit.own <= limit.maximum;
