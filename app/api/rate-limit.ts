/** A token bucket per key in the memory of this process, on machine time: short bursts pass, a steady flood is told when to come back. */
export type RateLimit = { perSecond: number; burst: number };
export type RateLimiter = {
  /** 0 when one more may pass now, else the seconds after which it may. */
  take(key: string): number;
};

const FULL_BUCKETS_KEPT = 10_000;

export function createRateLimiter({ perSecond, burst }: RateLimit, now: () => number = () => performance.now()): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key) {
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: burst, at };
      const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1_000) * perSecond);
      if (buckets.size > FULL_BUCKETS_KEPT) buckets.clear();
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
      return tokens >= 1 ? 0 : (1 - tokens) / perSecond;
    },
  };
}
