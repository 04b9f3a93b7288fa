/** What somebody changed about the way they sign in, as a line in the log of each workspace they belong to: its owners see who is secured and since when. */
import { inWorkspace, type Database } from '#db/connection.ts';
import { writeAudit } from '#engine/write-audit.ts';

export const SIGN_IN_CHANGES = ['twoFactorOn', 'twoFactorOff', 'recoveryCodes', 'passkeyAdd', 'passkeyRemove', 'password', 'signInReset'] as const;
export type SignInChange = (typeof SIGN_IN_CHANGES)[number];

export async function noteSignIn(database: Database, userId: string, change: SignInChange, actor = `user:${userId}`): Promise<void> {
  const memberships = await database<{ workspaceId: string }[]>`select workspace_id as "workspaceId" from memberships where user_id = ${userId} order by workspace_id`;
  for (const { workspaceId } of memberships) await inWorkspace(database, workspaceId, (transaction) => writeAudit(transaction, workspaceId, { actor, action: `member.${change}`, subject: userId }));
}
