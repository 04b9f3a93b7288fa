'use client';
/** Asks the sign-in of the server. What can go wrong is a short list, each with its own sentence. */
export type SignInFailure = 'wrong' | 'tooMany' | 'locked' | 'expired' | 'stale' | 'offline';
export type Asked = { ok: true; body: Record<string, unknown> } | { ok: false; failure: SignInFailure };

const FAILURES: Record<string, SignInFailure> = {
  INVALID_TWO_FACTOR_COOKIE: 'expired', TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'expired', ACCOUNT_TEMPORARILY_LOCKED: 'locked', SESSION_NOT_FRESH: 'stale',
};

const asObject = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});

/** `path` is below /api/auth; without a body it is a question. */
export async function askSignIn(path: string, body?: unknown): Promise<Asked> {
  try {
    const response = await fetch(`/api/auth${path}`, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const answer = asObject(await response.json().catch(() => null));
    if (response.ok) return { ok: true, body: answer };
    const named = FAILURES[String(answer['code'])];
    return { ok: false, failure: named ?? (response.status === 429 ? 'tooMany' : response.status >= 500 ? 'offline' : 'wrong') };
  } catch {
    return { ok: false, failure: 'offline' };
  }
}
