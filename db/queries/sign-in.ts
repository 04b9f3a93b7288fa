/** Where somebody is signed in, and what else lets them in. These tables lie outside row-level security: every question names its user. */
import type { Database } from '#db/connection.ts';

export type SignInSession = { id: string; userAgent: string | null; createdAt: Date; seenAt: Date };

/** Those that still hold, the one used last first. */
export const listSignInSessions = (database: Database, userId: string): Promise<SignInSession[]> => database<SignInSession[]>`
  select id, user_agent as "userAgent", created_at as "createdAt", seen_at as "seenAt" from auth_sessions
   where user_id = ${userId} and expires_at > clock_timestamp() order by seen_at desc, id`;

/** Whether there was such a session of this person. */
export async function endSignInSession(database: Database, userId: string, sessionId: string): Promise<boolean> {
  return (await database`delete from auth_sessions where user_id = ${userId} and id = ${sessionId}`).count > 0;
}

/** Devices that were trusted to come in without a second proof are forgotten too. Answers how many sessions ended. */
export async function endOtherSignInSessions(database: Database, userId: string, keptId: string): Promise<number> {
  await forgetTrustedDevices(database, userId);
  return (await database`delete from auth_sessions where user_id = ${userId} and id <> ${keptId}`).count;
}

export async function forgetTrustedDevices(database: Database, userId: string): Promise<void> {
  await database`delete from auth_verifications where value = ${userId} and identifier like 'trust-device-%'`;
}

export async function markSignInSessionSeen(database: Database, sessionId: string): Promise<void> {
  await database`update auth_sessions set seen_at = clock_timestamp() where id = ${sessionId}`;
}

/** How many recovery codes are left; null when no authenticator app is set up. */
export async function countRecoveryCodes(database: Database, userId: string): Promise<number | null> {
  const [row] = await database<{ left: number }[]>`select jsonb_array_length(backup_codes::jsonb) as left from auth_two_factors where user_id = ${userId} and verified`;
  return row?.left ?? null;
}

export type PasskeyRow = { id: string; name: string | null; aaguid: string | null; createdAt: Date | null };
export const listPasskeyRows = (database: Database, userId: string): Promise<PasskeyRow[]> => database<PasskeyRow[]>`
  select id, name, aaguid, created_at as "createdAt" from auth_passkeys where user_id = ${userId} order by created_at, id`;
