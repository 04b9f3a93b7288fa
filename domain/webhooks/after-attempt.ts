/** What becomes of a webhook after an attempt, and of its destination after many (§11.5). Machine time. */
import type { Attempt } from '#domain/requests/retry.ts';

/** The schedule that Standard Webhooks recommends: ten attempts in about three days. */
export const WEBHOOK_RETRY_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
export const WEBHOOK_ATTEMPTS = WEBHOOK_RETRY_SECONDS.length + 1;
/** A destination that has taken nothing for so long is disabled. */
export const DISABLED_AFTER_DAYS = 5;
const LONGEST_WISH_SECONDS = 86_400;
/** So much later at most, that what failed together does not come again together. */
const SPREAD = 0.2;

export type AfterAttempt = { kind: 'delivered' } | { kind: 'again'; seconds: number } | { kind: 'failed' } | { kind: 'gone' };

/** Every 2xx is taken; 410 says that nobody will ever take it; everything else, redirects too, is tried again, as late as a server wishes up to a day. `spread`: 0 to 1, of this webhook. */
export function decideAfterAttempt(attempt: Attempt, attempts: number, spread: number): AfterAttempt {
  if (attempt.kind === 'answered' && attempt.status >= 200 && attempt.status < 300) return { kind: 'delivered' };
  if (attempt.kind === 'answered' && attempt.status === 410) return { kind: 'gone' };
  const wait = WEBHOOK_RETRY_SECONDS[attempts - 1];
  if (wait === undefined) return { kind: 'failed' };
  const wished = attempt.kind === 'answered' ? Math.min(LONGEST_WISH_SECONDS, attempt.retryAfterSeconds ?? 0) : 0;
  return { kind: 'again', seconds: Math.max(Math.round(wait * (1 + SPREAD * spread)), wished) };
}

/** The reason that the log shows: of an answer its status. */
export const reasonOfAttempt = (attempt: Attempt): { code: string; figures?: Record<string, number> } =>
  (attempt.kind === 'failed' ? { code: attempt.reason } : { code: 'http.status', figures: { status: attempt.status } });
