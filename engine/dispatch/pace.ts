/** How many calls this process may make of an account now: a token bucket on machine time, which never saves up more than a second (§7.5). */
type Bucket = { tokens: number; at: number };

export type Pace = {
  /** Whole calls that may be made now. */
  available(accountId: string, perSecond: number): number;
  take(accountId: string, calls: number): void;
};

/** The most calls of one round, so that what was checked leaves within a moment of its check (§6.7). */
const MAXIMUM_CALLS = 20;

/** `clock` is machine time in milliseconds. */
export function openPace(clock: () => number): Pace {
  const buckets = new Map<string, Bucket>();
  return {
    available(accountId, perSecond) {
      if (!Number.isFinite(perSecond)) return MAXIMUM_CALLS;
      const now = clock();
      const capacity = Math.max(1, perSecond);
      const bucket = buckets.get(accountId) ?? { tokens: capacity, at: now };
      const tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond);
      buckets.set(accountId, { tokens, at: now });
      return Math.min(MAXIMUM_CALLS, Math.floor(tokens));
    },
    take(accountId, calls) {
      const bucket = buckets.get(accountId);
      if (bucket) bucket.tokens -= calls;
    },
  };
}
