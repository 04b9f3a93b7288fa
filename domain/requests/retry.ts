/** When a request that was not answered well is made again: 429, 5xx and a silent network are asked again, with the same key, at most so often. */
export const RETRY_SECONDS = [5, 30, 120, 600, 1_800] as const;
export const MAXIMUM_ATTEMPTS = RETRY_SECONDS.length + 1;
const LONGEST_WISH_SECONDS = 3_600;

/** What came of one attempt: an answer, or why there is none. `again`: whether a later attempt may fare better. */
export type Attempt =
  | { kind: 'answered'; status: number; body: unknown; retryAfterSeconds: number | null }
  | { kind: 'failed'; reason: 'http.unreachable' | 'http.timeout' | 'http.forbiddenAddress' | 'http.tooLarge' | 'http.secretMissing' };

const AGAIN = ['http.unreachable', 'http.timeout'];

/** Seconds of machine time until the next attempt after the `attempts`th; null when this was the last. A server's own wish is heeded up to an hour. */
export function retryAfter(attempt: Attempt, attempts: number): number | null {
  const wait = RETRY_SECONDS[attempts - 1];
  if (wait === undefined) return null;
  if (attempt.kind === 'failed') return AGAIN.includes(attempt.reason) ? wait : null;
  const { status, retryAfterSeconds } = attempt;
  if (status !== 429 && status !== 408 && status < 500) return null;
  return Math.min(LONGEST_WISH_SECONDS, Math.max(wait, retryAfterSeconds ?? 0));
}
