/** Commands on invitations: invite an address, send it again under a new link, take it back. Only the hash of a link's token is kept, so a link is known when it is made and never again. */
import { createHash, randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { formatId } from '#domain/shared/ids.ts';
import { findAccountOf, findInvitation, type InvitationRow } from '#db/queries/invitations.ts';
import { findMembership } from '#db/queries/memberships.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';
import type { Role } from './roles.ts';

export type Invitation = { email: string; role: Role; storeIds: string[]; language: 'en' | 'fr' };
export type MadeInvitation = Invitation & { id: string; token: string };

/** Mails of invitations that a workspace sends within an hour at most. */
export const INVITATIONS_PER_HOUR = 60;
const TOKEN_BYTES = 24;

export const hashInvitationToken = (token: string): Buffer => createHash('sha256').update(`invitation:${token}`).digest();
const makeToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

async function requireFewMails({ transaction, workspaceId }: CommandContext): Promise<void> {
  await transaction`select pg_advisory_xact_lock(hashtextextended(${`invite ${workspaceId}`}, 0))`;
  const [sent] = await transaction<{ n: number }[]>`select count(*)::int as n from audit_lines where workspace_id = ${workspaceId} and action in ('invitation.send', 'invitation.sendAgain') and id >= uuid_floor(clock_timestamp() - interval '1 hour')`;
  if ((sent?.n ?? 0) >= INVITATIONS_PER_HOUR) throw new PermanentError('invitation.limit', `A workspace sends ${INVITATIONS_PER_HOUR} invitations within an hour at most.`);
}

/** An address that is invited already gets the new role and a new link; the former link no longer works. Old invitations are forgotten here, since they hold addresses. */
export async function invite(context: CommandContext, { role, storeIds, language, ...given }: Invitation): Promise<MadeInvitation> {
  const { transaction, workspaceId, actor } = context;
  const email = given.email.trim().toLowerCase();
  await requireFewMails(context);
  const userId = await findAccountOf(transaction, email);
  if (userId !== null && (await findMembership(transaction, userId, workspaceId))) throw new PermanentError('invitation.member', 'This person is a member already.');
  await transaction`delete from invitations where workspace_id = ${workspaceId} and coalesce(accepted_at, revoked_at, expires_at) < clock_timestamp() - interval '30 days'`;
  const token = makeToken();
  const [row] = await transaction<{ id: string }[]>`
    insert into invitations (id, workspace_id, email, role, store_ids, language, token_hash, invited_by)
    values (${newId()}, ${workspaceId}, ${email}, ${role}, ${storeIds}::uuid[], ${language}, ${hashInvitationToken(token)}, ${actor})
    on conflict (workspace_id, email) where accepted_at is null and revoked_at is null do update
      set role = excluded.role, store_ids = excluded.store_ids, language = excluded.language, token_hash = excluded.token_hash, invited_by = excluded.invited_by, mail = null, sent_at = clock_timestamp(), expires_at = clock_timestamp() + interval '7 days'
    returning id`;
  const id = row?.id ?? '';
  await audit(context, { action: 'invitation.send', subject: formatId('invitation', id), after: { role, stores: storeIds.length } });
  return { id, token, email, role, storeIds, language };
}

async function requirePending({ transaction }: CommandContext, id: string): Promise<InvitationRow> {
  const found = await findInvitation(transaction, { id });
  if (!found) throw new PermanentError('invitation.unknown', 'There is no such invitation.');
  if (found.acceptedAt !== null || found.revokedAt !== null) throw new PermanentError('invitation.state', 'The invitation was accepted or taken back.');
  return found;
}

/** A new link for seven more days; the former one no longer works. */
export async function inviteAgain(context: CommandContext, id: string): Promise<MadeInvitation> {
  await requireFewMails(context);
  const { email, role, storeIds, language } = await requirePending(context, id);
  const token = makeToken();
  await context.transaction`update invitations set token_hash = ${hashInvitationToken(token)}, mail = null, sent_at = clock_timestamp(), expires_at = clock_timestamp() + interval '7 days' where id = ${id}`;
  await audit(context, { action: 'invitation.sendAgain', subject: formatId('invitation', id) });
  return { id, token, email, role: role as Role, storeIds, language };
}

export async function revokeInvitation(context: CommandContext, id: string): Promise<void> {
  await requirePending(context, id);
  await context.transaction`update invitations set revoked_at = clock_timestamp() where id = ${id}`;
  await audit(context, { action: 'invitation.revoke', subject: formatId('invitation', id) });
}
