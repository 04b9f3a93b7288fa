/** What an invitation says to whoever holds its link, and its acceptance: once, within its days, by the person whose address it names. */
import { inWorkspace } from '#db/connection.ts';
import { createMember } from '#db/create-member.ts';
import { findAccountOf, findInvitation, resolveInvitation, type InvitationRow } from '#db/queries/invitations.ts';
import { findMembership } from '#db/queries/memberships.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { formatId } from '#domain/shared/ids.ts';
import { audit } from '#engine/commands/command-context.ts';
import { hashInvitationToken } from '#engine/commands/invite.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';

export type ReadInvitation = { workspaceId: string; workspace: string; brand: string; email: string; role: string; /** Somebody with this address has an account. */ known: boolean };
/** A new person chooses a name and a password; one with an account has signed in. */
export type Acceptance = { kind: 'new'; name: string; password: string } | { kind: 'known'; userId: string };

const TOKEN = /^[\w-]{32}$/;
const holds = (row: InvitationRow | null): row is InvitationRow => row !== null && row.acceptedAt === null && row.revokedAt === null && !row.expired;

/** Null when the link is none of ours, was used, taken back or replaced, or is older than its days. */
export async function readInvitation(engine: Pick<Engine, 'database'>, token: string): Promise<ReadInvitation | null> {
  if (!TOKEN.test(token)) return null;
  const tokenHash = hashInvitationToken(token);
  const workspaceId = await resolveInvitation(engine.database, tokenHash);
  if (workspaceId === null) return null;
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [row, workspace] = [await findInvitation(transaction, { tokenHash }), await findWorkspace(transaction, workspaceId)];
    if (!holds(row) || !workspace) return null;
    return { workspaceId, workspace: workspace.name, brand: workspace.brand, email: row.email, role: row.role, known: (await findAccountOf(transaction, row.email)) !== null };
  });
}

/** Answers the workspace that was entered. A membership that is there already stays as it is. */
export async function acceptInvitation(engine: Pick<Engine, 'database'>, token: string, by: Acceptance): Promise<{ workspaceId: string }> {
  const read = await readInvitation(engine, token);
  if (read === null) throw new PermanentError('invitation.gone', 'The invitation was used, taken back or has expired.');
  const { workspaceId } = read;
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const row = await findInvitation(transaction, { tokenHash: hashInvitationToken(token) });
    if (!holds(row)) throw new PermanentError('invitation.gone', 'The invitation was used, taken back or has expired.');
    const account = await findAccountOf(transaction, row.email);
    if (by.kind === 'new' && account !== null) throw new PermanentError('invitation.signIn', 'This address has an account: sign in with it first.');
    if (by.kind === 'known' && by.userId !== account) throw new PermanentError('invitation.otherPerson', 'The invitation is for another address.');
    const stays = account !== null && (await findMembership(transaction, account, workspaceId)) !== null;
    const member = { workspaceId, email: row.email, name: '', role: row.role, storeIds: row.storeIds };
    const joined = stays ? { userId: account, password: null } : await createMember(transaction, by.kind === 'new' ? { ...member, name: by.name, password: by.password } : member);
    // Somebody else made the account in this very moment: whoever holds the link has not proven to be them.
    if (by.kind === 'new' && joined.password === null) throw new PermanentError('invitation.signIn', 'This address has an account: sign in with it first.');
    await transaction`update invitations set accepted_at = clock_timestamp() where id = ${row.id}`;
    await audit({ transaction, workspaceId, actor: `user:${joined.userId}` }, { action: 'member.join', subject: joined.userId, after: { role: row.role, stores: row.storeIds.length, invitation: formatId('invitation', row.id) } });
  });
  return { workspaceId };
}
