/** When a capped message could leave, as the ledger stands today: what a hold waits for (§5.8) and what an explanation promises (§5.11). */
import { bindLimits, fits, measureLimit, type BoundLimit, type PressureCandidate } from '#domain/pressure/bound-limit.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { DAY_MS, SECOND_MS, type Instant } from '#domain/shared/time.ts';

/** A year's window and a month to spare; beyond that "later" is not an answer. */
const HORIZON_MS = 400 * DAY_MS;

/** The first instant from `at` on that this limit allows; null when the message alone exceeds it, or after `until`. */
function freeOf(limit: BoundLimit, at: Instant, zone: string, until: Instant): Instant | null {
  if (limit.own > limit.maximum) return null;
  let instant = at;
  while (instant <= until) {
    const measure = measureLimit(limit, instant, zone);
    if (fits(limit, measure)) return instant;
    if (limit.window.kind === 'calendar') {
      instant = measure.to;
      continue;
    }
    // A full rolling window only empties when one of its entries grows too old for it: nothing in between can be free.
    const lengthMs = limit.window.seconds * SECOND_MS;
    const oldest = limit.entries.find((entry) => entry.at + lengthMs > instant);
    if (!oldest) return null;
    instant = oldest.at + lengthMs;
  }
  return null;
}

/** The first instant from `at` on that all these limits allow, or null when there is none within the horizon. */
export function freeInstant(limits: readonly BoundLimit[], at: Instant, zone: string): Instant | null {
  const until = at + HORIZON_MS;
  let instant = at;
  // Each limit can only push the answer later, never past the first instant that all allow; when none pushes, that is it.
  for (;;) {
    const before = instant;
    for (const limit of limits) {
      const free = freeOf(limit, instant, zone, until);
      if (free === null) return null;
      instant = free;
    }
    if (instant === before) return instant;
  }
}

/**
 * The earliest instant from `at` on at which the message would pass, to the millisecond, if nothing else were sent or reserved until
 * then; null when it never would (heavier than a maximum) or not within 400 days. A message that ignores the cap is free at once.
 */
export function nextFree(question: { policy: PressurePolicy; ledger: readonly LedgerEntry[]; candidate: PressureCandidate; at: Instant; zone: string }): Instant | null {
  const { policy, ledger, candidate, at, zone } = question;
  return candidate.ignoresCap ? at : freeInstant(bindLimits(policy, ledger, candidate), at, zone);
}
