/** Sign-in, its second proof, passkeys, sign-out and change of password. Attempts are few for each account and each network address, and cost the same whether the account exists. */
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { signIn } from '#app/api/auth/sign-in.ts';

export const dynamic = 'force-dynamic';

const byAccount = createRateLimiter({ perSecond: 1 / 20, burst: 10 });
const byAddress = createRateLimiter({ perSecond: 1, burst: 60 });
/** What of better-auth our pages ask; all else that it could answer is not there. Sessions are listed by app/api/account, without their tokens. */
const OPEN = /\/api\/auth\/(sign-in\/email|sign-out|change-password|two-factor\/(enable|disable|verify-totp|verify-backup-code|generate-backup-codes)|passkey\/(generate-(register|authenticate)-options|verify-(registration|authentication)|(delete|update)-passkey))$/;
const isOpen = (request: Request): boolean => OPEN.test(new URL(request.url).pathname);
const notThere = (): Response => Response.json({ code: 'NOT_FOUND', message: 'There is no such address.' }, { status: 404 });
const GUARDED = /\/(sign-in\/email|change-password|two-factor\/[a-z-]+|passkey\/verify-[a-z]+)$/;
/** Whoever has given the password, or is signed in, is known by one of these. */
const KNOWN_BY = /(?:^|;\s*)(?:__Secure-)?parcours\.(?:session_token|two_factor)=([^;]+)/;

/** Null for whoever is not known yet: a passkey names nobody before it is checked, and cannot be guessed. */
function accountOf(request: Request, body: unknown): string | null {
  if (typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string') return body.email.trim().toLowerCase().slice(0, 200);
  return KNOWN_BY.exec(request.headers.get('cookie') ?? '')?.[1]?.slice(0, 200) ?? null;
}

/** Seconds until one more attempt is taken; 0 when it is taken now. */
async function secondsToWait(request: Request): Promise<number> {
  const address = request.headers.get('x-forwarded-for')?.split(',').pop()?.trim() ?? 'here';
  const body: unknown = await request.clone().json().catch(() => null);
  const account = accountOf(request, body);
  return Math.max(byAddress.take(address), account === null ? 0 : byAccount.take(account));
}

export async function GET(request: Request): Promise<Response> {
  return isOpen(request) ? signIn().handler(request) : notThere();
}

export async function POST(request: Request): Promise<Response> {
  if (!isOpen(request)) return notThere();
  const seconds = GUARDED.test(new URL(request.url).pathname) ? Math.ceil(await secondsToWait(request)) : 0;
  if (seconds > 0) return Response.json({ code: 'rate.limited', message: 'Too many attempts.' }, { status: 429, headers: { 'retry-after': String(seconds) } });
  return signIn().handler(request);
}
