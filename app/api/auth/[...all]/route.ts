/** Sign-in, sign-out and change of password. Attempts are few for each account and each network address, and cost the same whether the account exists. */
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { signIn } from '#app/api/auth/sign-in.ts';

export const dynamic = 'force-dynamic';

const byAccount = createRateLimiter({ perSecond: 1 / 20, burst: 10 });
const byAddress = createRateLimiter({ perSecond: 1, burst: 60 });
const GUARDED = /\/(sign-in\/email|change-password)$/;

/** Seconds until one more attempt is taken; 0 when it is taken now. */
async function secondsToWait(request: Request): Promise<number> {
  const address = request.headers.get('x-forwarded-for')?.split(',').pop()?.trim() ?? 'here';
  const body: unknown = await request.clone().json().catch(() => null);
  const account = typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string' ? body.email.trim().toLowerCase().slice(0, 200) : 'none';
  return Math.max(byAddress.take(address), byAccount.take(account));
}

export const GET = (request: Request): Promise<Response> => signIn().handler(request);

export async function POST(request: Request): Promise<Response> {
  const seconds = GUARDED.test(new URL(request.url).pathname) ? Math.ceil(await secondsToWait(request)) : 0;
  if (seconds > 0) return Response.json({ code: 'rate.limited', message: 'Too many attempts.' }, { status: 429, headers: { 'retry-after': String(seconds) } });
  return signIn().handler(request);
}
