/** Accepts an invitation: a new person with a name and a password, or whoever is signed in under the address that it names. */
import { z } from 'zod';
import { acceptInvitation, type Acceptance } from '#engine/accept-invitation.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { formatId } from '#domain/shared/ids.ts';
import { comesFromOurPage, readPerson } from '#app/api/auth/read-session.ts';
import { isErrorCode } from '#app/api/error-codes.ts';
import { problemDocument, problemResponse, problemsOf } from '#app/api/problem.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

const limiter = createRateLimiter({ perSecond: 1 / 2, burst: 20 });
const Accepting = z.strictObject({ token: z.string().max(100), person: z.strictObject({ name: z.string().trim().min(1).max(120), password: z.string().min(10).max(200) }).optional() });

export async function POST(request: Request): Promise<Response> {
  if (!comesFromOurPage(request)) return problemResponse(problemDocument('session.otherSite', 'Invitations are accepted on a page of this server.'));
  if (limiter.take(request.headers.get('x-forwarded-for')?.split(',').pop()?.trim() ?? 'here') > 0) return problemResponse(problemDocument('rate.limited', 'Too many attempts.'));
  const parsed = Accepting.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return problemResponse(problemDocument('request.invalid', 'A name and a password of ten characters at least.', problemsOf(parsed.error, ['body'])));
  const { token, person } = parsed.data;
  const signedIn = person ? null : await readPerson(request.headers);
  const by: Acceptance | null = person ? { kind: 'new', ...person } : signedIn ? { kind: 'known', userId: signedIn.userId } : null;
  if (by === null) return problemResponse(problemDocument('invitation.signIn', 'This address has an account: sign in with it first.'));
  try {
    const { workspaceId } = await acceptInvitation(webEngine(), token, by);
    return Response.json({ workspaceId: formatId('workspace', workspaceId) }, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (error instanceof PermanentError && isErrorCode(error.code)) return problemResponse(problemDocument(error.code, error.message));
    throw error;
  }
}
