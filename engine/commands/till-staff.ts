/** Commands: who may stand at the tills of a store. A PIN is hashed as slowly as a password and shown to nobody. */
import { v7 as newId } from 'uuid';
import { hashPassword } from '#db/passwords.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

const MOST_STAFF = 200;

export async function addStaff(context: CommandContext, staff: { storeId: string; store: string; name: string; pin: string }): Promise<string> {
  const { transaction, workspaceId } = context;
  const [row] = await transaction<{ count: number }[]>`select count(*)::int as count from till_staff where store_id = ${staff.storeId} and removed_at is null`;
  if ((row?.count ?? 0) >= MOST_STAFF) throw new PermanentError('staff.tooMany', `A store has ${MOST_STAFF} people at its tills at most: take somebody away first.`);
  const id = newId();
  await transaction`insert into till_staff (id, workspace_id, store_id, name, pin_hash) values (${id}, ${workspaceId}, ${staff.storeId}, ${staff.name}, ${await hashPassword(staff.pin)})`;
  await audit(context, { action: 'staff.add', subject: formatId('staff', id), after: { name: staff.name, store: staff.store } });
  return id;
}

async function requireStaff({ transaction }: CommandContext, staffId: string, storeIds: string[] | null): Promise<{ name: string }> {
  const [row] = await transaction<{ name: string }[]>`
    select name from till_staff where id = ${staffId} and removed_at is null and (${storeIds === null} or store_id = any(${storeIds ?? []}::uuid[])) for update`;
  if (!row) throw new PermanentError('staff.unknown', 'Nobody at the tills has this id.');
  return row;
}

/** A new PIN ends what the last one opened, and forgives wrong ones. */
export async function changeStaff(context: CommandContext, staffId: string, change: { name?: string | undefined; pin?: string | undefined }, storeIds: string[] | null): Promise<void> {
  const before = await requireStaff(context, staffId, storeIds);
  const { transaction } = context;
  if (change.name !== undefined) await transaction`update till_staff set name = ${change.name} where id = ${staffId}`;
  if (change.pin !== undefined) {
    await transaction`update till_staff set pin_hash = ${await hashPassword(change.pin)}, pin_version = pin_version + 1, failed_attempts = 0, locked_until = null where id = ${staffId}`;
  }
  await audit(context, { action: 'staff.change', subject: formatId('staff', staffId), before: { name: before.name }, after: { name: change.name ?? before.name, newPin: change.pin !== undefined } });
}

/** The name stays beside what they did. */
export async function removeStaff(context: CommandContext, staffId: string, storeIds: string[] | null): Promise<void> {
  const before = await requireStaff(context, staffId, storeIds);
  await context.transaction`update till_staff set removed_at = clock_timestamp() where id = ${staffId}`;
  await audit(context, { action: 'staff.remove', subject: formatId('staff', staffId), before: { name: before.name } });
}
