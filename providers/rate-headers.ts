/** Stage 4, dispatch: reads what a vendor says of its rate: the `ratelimit-*` headers of draft-ietf-httpapi-ratelimit-headers, and `retry-after` of RFC 9110. */
import type { VendorRate } from '#providers/ports.ts';

const numberOf = (text: string | undefined): number | null => (text !== undefined && /^\d+(\.\d+)?/.test(text) ? Number.parseFloat(text) : null);

/** The stated rate, or null when a header is missing. Names are lower-case. */
export function readRate(headers: Record<string, string>): VendorRate | null {
  const limit = numberOf(headers['ratelimit-limit']);
  const remaining = numberOf(headers['ratelimit-remaining']);
  const resetSeconds = numberOf(headers['ratelimit-reset']);
  return limit === null || remaining === null || resetSeconds === null ? null : { limit, remaining, resetSeconds };
}

/** Seconds to wait: `retry-after` when it is a number of seconds, at least one; otherwise `otherwiseSeconds`. */
export function readRetryAfterSeconds(headers: Record<string, string>, otherwiseSeconds: number): number {
  return Math.max(1, Math.ceil(numberOf(headers['retry-after']) ?? otherwiseSeconds));
}
