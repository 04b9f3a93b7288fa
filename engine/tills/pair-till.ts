/** A device becomes a till (§11.6): the code is spent, the device is given what it proves itself with from now on, and whatever was that till before no longer is. */
import { inWorkspace } from '#db/connection.ts';
import { formatId } from '#domain/shared/ids.ts';
import type { Engine } from '#engine/engine.ts';
import { writeAudit } from '#engine/write-audit.ts';
import { hashDeviceToken, newDeviceToken, possibleCodeHashes, readTillCode } from './till-code.ts';

export type PairedTill = { token: string; tillId: string; name: string; store: { externalId: string; name: string } };

/** Null when the code is none, was used, or its ten minutes are over: whoever types is told no more than that. */
export async function pairTill(engine: Pick<Engine, 'database' | 'secret' | 'formerSecret'>, typed: string): Promise<PairedTill | null> {
  const letters = readTillCode(typed);
  if (letters === null) return null;
  const hashes = possibleCodeHashes(engine, letters);
  const [found] = await engine.database<{ tillId: string; workspaceId: string }[]>`select till_id as "tillId", workspace_id as "workspaceId" from resolve_till_code(${hashes}::text[])`;
  if (!found) return null;
  const { tillId, workspaceId } = found;
  const token = newDeviceToken();
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [till] = await transaction<{ name: string; externalId: string; storeName: string }[]>`
      update tills t set code_hash = null, code_expires_at = null, device_hash = ${hashDeviceToken(token)}, paired_at = clock_timestamp(), last_seen_at = clock_timestamp(), waiting = 0, refused = 0
        from stores s where t.id = ${tillId} and encode(t.code_hash, 'hex') = any(${hashes}::text[]) and t.code_expires_at > clock_timestamp() and t.revoked_at is null and s.id = t.store_id
      returning t.name, s.external_id as "externalId", s.name as "storeName"`;
    if (!till) return null;
    const id = formatId('till', tillId);
    await writeAudit(transaction, workspaceId, { actor: `till:${id}`, action: 'till.pair', subject: id, after: { name: till.name, store: till.externalId } });
    return { token, tillId, name: till.name, store: { externalId: till.externalId, name: till.storeName } };
  });
}
