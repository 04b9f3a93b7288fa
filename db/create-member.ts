/** Gives a person a role in a workspace: the account is made when the address is new, with a password that is answered once and kept as a hash only. */
import { v7 as newId } from 'uuid';
import type { Database, Transaction } from '#db/connection.ts';
import { firstPassword, hashPassword } from '#db/passwords.ts';

/** `password` is for seeds; otherwise one is made. `storeIds` are a merchant's. */
export type NewMember = { workspaceId: string; email: string; name: string; role: string; storeIds?: string[]; password?: string };
/** `password` is null when the person had an account already, which stays as it is. */
export type CreatedMember = { userId: string; password: string | null };

/** An existing membership takes the new role and stores. */
export async function createMember(database: Database | Transaction, member: NewMember): Promise<CreatedMember> {
  const email = member.email.trim().toLowerCase();
  const password = member.password ?? firstPassword();
  const hash = await hashPassword(password);
  const [made] = await database<{ id: string }[]>`
    insert into auth_users (id, name, email, email_verified) values (${newId()}, ${member.name}, ${email}, true) on conflict (email) do nothing returning id`;
  if (made) await database`insert into auth_accounts (id, account_id, provider_id, user_id, password) values (${newId()}, ${made.id}, 'credential', ${made.id}, ${hash})`;
  const [user] = made ? [made] : await database<{ id: string }[]>`select id from auth_users where email = ${email}`;
  if (!user) throw new Error('an account that was there has gone');
  await database`
    insert into memberships (user_id, workspace_id, role, store_ids) values (${user.id}, ${member.workspaceId}, ${member.role}, ${member.storeIds ?? []}::uuid[])
    on conflict (user_id, workspace_id) do update set role = excluded.role, store_ids = excluded.store_ids`;
  return { userId: user.id, password: made ? password : null };
}
