/** Who is signed in, in which workspace, as what: the session cookie, the workspace that the person chose (or their first), and the role's scopes. */
import { findMembership, firstMembership, listMemberships, type MembershipRow } from '#db/queries/memberships.ts';
import { markSignInSessionSeen } from '#db/queries/sign-in.ts';
import { parseId } from '#domain/shared/ids.ts';
import { ROLE_SCOPES, ROLES, type Role } from '#engine/commands/roles.ts';
import type { Scope } from '#engine/commands/scopes.ts';
import type { SessionCaller as ApiCaller } from '#app/api/handle-request.ts';
import { ApiError } from '#app/api/problem.ts';
import { signIn } from '#app/api/auth/sign-in.ts';
import { env } from '#env.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const WORKSPACE_COOKIE = 'parcours.workspace';
/** Sent by our own pages with every request that writes; another site's page cannot send it without being asked first. */
export const PAGE_HEADER = 'x-parcours-page';

/** `needsTwoFactor`: the workspace asks for a second proof, and this person has set none up. */
export type SessionCaller = { sessionId: string; userId: string; name: string; email: string; workspaceId: string; role: Role; scopes: readonly Scope[]; storeIds: string[]; twoFactor: boolean; needsTwoFactor: boolean };

const asRole = (text: string): Role => ROLES.find((role) => role === text) ?? 'viewer';

function chosenWorkspace(headers: Headers): string | null {
  const cookie = headers.get('cookie')?.split(/;\s*/).find((part) => part.startsWith(`${WORKSPACE_COOKIE}=`));
  return cookie === undefined ? null : parseId('workspace', cookie.slice(WORKSPACE_COOKIE.length + 1));
}

export type Person = { sessionId: string; userId: string; name: string; email: string; twoFactor: boolean };

const SEEN_EVERY_MS = 5 * 60_000;
const MOST_SEEN = 10_000;
const seenAt = new Map<string, number>();

/** Written at most every five minutes, so that a session costs no write per request. */
async function markSeen(sessionId: string): Promise<void> {
  const now = Date.now();
  if (now - (seenAt.get(sessionId) ?? 0) < SEEN_EVERY_MS) return;
  if (seenAt.size >= MOST_SEEN) seenAt.clear();
  seenAt.set(sessionId, now);
  await markSignInSessionSeen(webEngine().database, sessionId);
}

/** Who is signed in, whether they belong to a workspace or not. */
export async function readPerson(headers: Headers): Promise<Person | null> {
  const found = await signIn().api.getSession({ headers });
  if (!found) return null;
  await markSeen(found.session.id);
  const { id: userId, name, email, twoFactorEnabled } = found.user;
  return { sessionId: found.session.id, userId, name, email, twoFactor: twoFactorEnabled === true };
}

/** Null when nobody is signed in, or the person belongs to no workspace. */
export async function readSession(headers: Headers): Promise<SessionCaller | null> {
  const person = await readPerson(headers);
  if (!person) return null;
  const { database } = webEngine();
  const { userId } = person;
  const chosen = chosenWorkspace(headers);
  const membership = chosen === null ? null : await findMembership(database, userId, chosen);
  const workspaceId = membership ? chosen : await firstMembership(database, userId);
  if (workspaceId === null) return null;
  const { role: text, storeIds, requiresTwoFactor } = membership ?? (await findMembership(database, userId, workspaceId)) ?? { role: 'viewer', storeIds: [], requiresTwoFactor: false };
  const role = asRole(text);
  return { ...person, workspaceId, role, scopes: ROLE_SCOPES[role], storeIds, needsTwoFactor: requiresTwoFactor && !person.twoFactor };
}

/** The workspaces that the person may change to. */
export const readMemberships = (userId: string): Promise<MembershipRow[]> => listMemberships(webEngine().database, userId);

/** Whether a request that writes comes from a page of ours (§11: a cookie alone is no consent). */
export function comesFromOurPage(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (request.headers.get(PAGE_HEADER) === null || origin === null || !URL.canParse(origin)) return false;
  return origin === new URL(env().PUBLIC_URL).origin || new URL(origin).host === request.headers.get('host');
}

/** The caller of an API request that carries a session instead of a key. */
export async function sessionCaller(request: Request): Promise<ApiCaller | null> {
  const session = request.headers.has('cookie') ? await readSession(request.headers) : null;
  if (!session) return null;
  if (!['GET', 'HEAD'].includes(request.method) && !comesFromOurPage(request)) throw new ApiError('session.otherSite', `Send ${PAGE_HEADER} from a page of this server.`);
  if (session.needsTwoFactor) throw new ApiError('session.needsTwoFactor', 'This workspace asks for two-factor sign-in. Open /two-factor to set it up.');
  return { userId: session.userId, workspaceId: session.workspaceId, scopes: session.scopes, storeIds: session.role === 'merchant' ? session.storeIds : null };
}
