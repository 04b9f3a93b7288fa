/** Commands: a till of a store is added, renamed, given a code for a device, revoked (§11.6). The code is answered here and never again. */
import { v7 as newId } from 'uuid';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { CODE_MINUTES, hashTillCode, newTillCode } from '#engine/tills/till-code.ts';
import type { Keyring } from '#engine/seal-secret.ts';
import { audit, type CommandContext } from './command-context.ts';

export type TillCode = { code: string; expiresAt: Date };
type Held = { name: string; storeId: string };

/** A merchant's tills are those of their stores; another's is as unknown as none. */
async function requireTill({ transaction }: CommandContext, tillId: string, storeIds: string[] | null): Promise<Held> {
  const [row] = await transaction<Held[]>`
    select name, store_id as "storeId" from tills where id = ${tillId} and revoked_at is null and (${storeIds === null} or store_id = any(${storeIds ?? []}::uuid[])) for update`;
  if (!row) throw new PermanentError('till.unknown', 'There is no such till, or it was revoked.');
  return row;
}

async function writeCode({ transaction }: CommandContext, keyring: Pick<Keyring, 'secret'>, tillId: string): Promise<TillCode> {
  const code = newTillCode();
  const [row] = await transaction<{ expiresAt: Date }[]>`
    update tills set code_hash = ${hashTillCode(keyring, code)}, code_expires_at = clock_timestamp() + make_interval(mins => ${CODE_MINUTES}) where id = ${tillId} returning code_expires_at as "expiresAt"`;
  return { code, expiresAt: row?.expiresAt ?? new Date(0) };
}

/** Adds a till to a store, with the code for its device. */
export async function addTill(context: CommandContext, keyring: Pick<Keyring, 'secret'>, till: { storeId: string; store: string; name: string }): Promise<TillCode & { tillId: string }> {
  const tillId = newId();
  await context.transaction`insert into tills (id, workspace_id, store_id, name) values (${tillId}, ${context.workspaceId}, ${till.storeId}, ${till.name})`;
  await audit(context, { action: 'till.add', subject: formatId('till', tillId), after: { name: till.name, store: till.store } });
  return { tillId, ...(await writeCode(context, keyring, tillId)) };
}

/** Another code: the device that types it becomes the till, and the one before it stops being it. */
export async function giveTillCode(context: CommandContext, keyring: Pick<Keyring, 'secret'>, tillId: string, storeIds: string[] | null): Promise<TillCode> {
  await requireTill(context, tillId, storeIds);
  await audit(context, { action: 'till.code', subject: formatId('till', tillId) });
  return writeCode(context, keyring, tillId);
}

export async function renameTill(context: CommandContext, tillId: string, name: string, storeIds: string[] | null): Promise<void> {
  const before = await requireTill(context, tillId, storeIds);
  await context.transaction`update tills set name = ${name} where id = ${tillId}`;
  await audit(context, { action: 'till.rename', subject: formatId('till', tillId), before: { name: before.name }, after: { name } });
}

/** From the next request on the device is nobody. What it has still to send stays on it, and is sent once it is paired again. */
export async function revokeTill(context: CommandContext, tillId: string, storeIds: string[] | null): Promise<void> {
  await requireTill(context, tillId, storeIds);
  await context.transaction`update tills set revoked_at = clock_timestamp(), device_hash = null, code_hash = null, code_expires_at = null where id = ${tillId}`;
  await audit(context, { action: 'till.revoke', subject: formatId('till', tillId) });
}
