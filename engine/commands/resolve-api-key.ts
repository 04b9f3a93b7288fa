/** Who a request's API key stands for: its workspace and its scopes. It notes when the key was last used, at most once a minute and process. */
import { inWorkspace, type Database } from '#db/connection.ts';
import { hashApiKey } from './create-api-key.ts';

export type ApiKey = { keyId: string; workspaceId: string; scopes: string[]; /** The only stores that the key acts for; null when there is no such limit. */ storeIds: string[] | null };

const NOTE_EVERY_MS = 60_000;
const notedAt = new Map<string, number>();

/** Null when the text is no key, or one that is unknown or revoked. */
export async function resolveApiKey(database: Database, text: string): Promise<ApiKey | null> {
  const hash = hashApiKey(text);
  if (!hash) return null;
  const [key] = await database<ApiKey[]>`select key_id as "keyId", workspace_id as "workspaceId", scopes, store_ids as "storeIds" from resolve_api_key(${hash})`;
  if (!key) return null;
  const now = Date.now();
  if (now - (notedAt.get(key.keyId) ?? 0) > NOTE_EVERY_MS) {
    notedAt.set(key.keyId, now);
    await inWorkspace(database, key.workspaceId, (transaction) => transaction`
      update api_keys set last_used_at = clock_timestamp() where id = ${key.keyId} and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')`);
  }
  return key;
}
