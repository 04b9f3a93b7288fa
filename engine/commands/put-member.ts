/** Commands on the people of a workspace: give somebody a role, change it, take it away. The last owner stays. */
import type { Transaction } from '#db/connection.ts';
import { createMember } from '#db/create-member.ts';
import { findMembership } from '#db/queries/memberships.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';
import type { Role } from './roles.ts';

/** A person's account is known by every workspace; only the membership belongs to this one. Answers the first password when the account is new. */
export async function addMember(context: CommandContext, member: { email: string; name: string; role: Role; storeIds: string[] }): Promise<{ userId: string; password: string | null }> {
  const { transaction, workspaceId } = context;
  const created = await createMember(transaction, { workspaceId, ...member });
  await audit(context, { action: 'member.add', subject: created.userId, after: { role: member.role, stores: member.storeIds.length } });
  return created;
}

/** Owners are locked in one order, so that two requests at once cannot leave none. */
async function keepAnOwner(transaction: Transaction, workspaceId: string, userId: string): Promise<void> {
  const owners = await transaction<{ userId: string }[]>`
    select user_id as "userId" from memberships where workspace_id = ${workspaceId} and role = 'owner' order by user_id for update`;
  if (owners.length === 1 && owners[0]?.userId === userId) throw new PermanentError('member.lastOwner', 'A workspace keeps an owner.');
}

async function requireMember({ transaction, workspaceId }: CommandContext, userId: string): Promise<{ role: string; storeIds: string[] }> {
  const member = await findMembership(transaction, userId, workspaceId);
  if (!member) throw new PermanentError('member.unknown', 'This person is not a member of the workspace.');
  return member;
}

export async function changeMember(context: CommandContext, userId: string, change: { role: Role; storeIds: string[] }): Promise<void> {
  const { transaction, workspaceId } = context;
  const before = await requireMember(context, userId);
  if (change.role !== 'owner') await keepAnOwner(transaction, workspaceId, userId);
  await transaction`update memberships set role = ${change.role}, store_ids = ${change.storeIds}::uuid[] where workspace_id = ${workspaceId} and user_id = ${userId}`;
  await audit(context, { action: 'member.change', subject: userId, before: { role: before.role, stores: before.storeIds.length }, after: { role: change.role, stores: change.storeIds.length } });
}

/** The account stays: the person may belong to other workspaces. */
export async function removeMember(context: CommandContext, userId: string): Promise<void> {
  const { transaction, workspaceId } = context;
  const before = await requireMember(context, userId);
  await keepAnOwner(transaction, workspaceId, userId);
  await transaction`delete from memberships where workspace_id = ${workspaceId} and user_id = ${userId}`;
  await audit(context, { action: 'member.remove', subject: userId, before: { role: before.role } });
}
