/** Invitations to a workspace, by their workspace or by the hash of their token. */
import type { Database, Transaction } from '#db/connection.ts';

export type InvitationRow = { id: string; email: string; role: string; storeIds: string[]; language: 'en' | 'fr'; mail: string | null; invitedBy: string; createdAt: Date; sentAt: Date; expiresAt: Date; acceptedAt: Date | null; revokedAt: Date | null; expired: boolean };

const columns = (transaction: Transaction) => transaction`
  id, email, role, store_ids as "storeIds", language, mail, invited_by as "invitedBy", created_at as "createdAt", sent_at as "sentAt", expires_at as "expiresAt", accepted_at as "acceptedAt", revoked_at as "revokedAt", expires_at <= clock_timestamp() as expired`;

/** Those that nobody has accepted or taken back, newest first; the expired ones too. */
export const listInvitations = (transaction: Transaction): Promise<InvitationRow[]> => transaction<InvitationRow[]>`
  select ${columns(transaction)} from invitations where accepted_at is null and revoked_at is null order by sent_at desc, id`;

/** Locked, so that one of two hands at once acts on it. */
export async function findInvitation(transaction: Transaction, by: { id: string } | { tokenHash: Buffer }): Promise<InvitationRow | null> {
  const [row] = 'id' in by
    ? await transaction<InvitationRow[]>`select ${columns(transaction)} from invitations where id = ${by.id} for update`
    : await transaction<InvitationRow[]>`select ${columns(transaction)} from invitations where token_hash = ${by.tokenHash} for update`;
  return row ?? null;
}

/** The workspace that a token leads into. */
export async function resolveInvitation(database: Database, tokenHash: Buffer): Promise<string | null> {
  const [row] = await database<{ id: string | null }[]>`select resolve_invitation(${tokenHash}) as id`;
  return row?.id ?? null;
}

export async function findAccountOf(database: Database | Transaction, email: string): Promise<string | null> {
  const [row] = await database<{ id: string }[]>`select id from auth_users where email = ${email}`;
  return row?.id ?? null;
}
