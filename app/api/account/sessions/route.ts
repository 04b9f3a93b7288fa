/** Where the person is signed in: listed without the tokens, ended one by one or all others at once. It is the person's own, so keys have no part in it. */
import { z } from 'zod';
import { endOtherSignInSessions, endSignInSession, listSignInSessions } from '#db/queries/sign-in.ts';
import { comesFromOurPage, readPerson, type Person } from '#app/api/auth/read-session.ts';
import { problemDocument, problemResponse } from '#app/api/problem.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

const End = z.strictObject({ end: z.union([z.literal('others'), z.strictObject({ sessionId: z.string().min(1).max(100) })]) });

const notSignedIn = (): Response => problemResponse(problemDocument('key.missing', 'Sign in first.'));
const listed = async ({ userId, sessionId }: Person): Promise<Response> => Response.json({
  items: (await listSignInSessions(webEngine().database, userId)).map((session) => ({ ...session, createdAt: session.createdAt.toISOString(), seenAt: session.seenAt.toISOString(), current: session.id === sessionId })),
}, { headers: { 'cache-control': 'no-store' } });

export async function GET(request: Request): Promise<Response> {
  const person = await readPerson(request.headers);
  return person ? listed(person) : notSignedIn();
}

/** Answers what is left. A session that is not this person's is as unknown as one that never was. */
export async function POST(request: Request): Promise<Response> {
  const person = await readPerson(request.headers);
  if (!person) return notSignedIn();
  if (!comesFromOurPage(request)) return problemResponse(problemDocument('session.otherSite', 'Sessions are ended from a page of this server.'));
  const parsed = End.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return problemResponse(problemDocument('request.invalid', 'Say {"end": "others"}, or {"end": {"sessionId": "…"}}.'));
  const { database } = webEngine();
  const { end } = parsed.data;
  if (end === 'others') await endOtherSignInSessions(database, person.userId, person.sessionId);
  else if (!(await endSignInSession(database, person.userId, end.sessionId))) return problemResponse(problemDocument('session.unknown', 'This session has ended already.'));
  return listed(person);
}
