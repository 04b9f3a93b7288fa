/** A command: makes an API key. Its secret is shown once, here; only a hash is kept. */
import { createHash, randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { formatId } from '#domain/shared/ids.ts';
import { audit, type CommandContext } from './command-context.ts';
import type { Scope } from './scopes.ts';

const SECRET_BYTES = 32;
const PREFIX_BYTES = 4;

/** `prc_<prefix>_<secret>`: the prefix tells keys apart in a list, the secret is 32 random bytes. */
const KEY_TEXT = /^prc_[0-9a-f]{8}_([A-Za-z0-9_-]{43})$/;

/** The hash under which a key is kept, or null when the text is no key. The secret is random, so a fast hash is enough. */
export function hashApiKey(text: string): Buffer | null {
  const secret = KEY_TEXT.exec(text)?.[1];
  return secret === undefined ? null : createHash('sha256').update(Buffer.from(secret, 'base64url')).digest();
}

export type CreatedApiKey = { id: string; key: string; prefix: string };

/** Answers the key's text: nobody can read it again. With `stores` it acts for them alone. */
export async function createApiKey(context: CommandContext, input: { name: string; scopes: readonly Scope[]; stores?: readonly { id: string; externalId: string }[] | undefined }): Promise<CreatedApiKey> {
  const { transaction, workspaceId } = context;
  const id = newId();
  const prefix = randomBytes(PREFIX_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES);
  const scopes = [...new Set(input.scopes)].sort();
  await transaction`
    insert into api_keys (id, workspace_id, name, prefix, hash, scopes, store_ids)
    values (${id}, ${workspaceId}, ${input.name}, ${prefix}, ${createHash('sha256').update(secret).digest()}, ${scopes}::text[], ${input.stores?.map((store) => store.id) ?? null}::uuid[])`;
  await audit(context, { action: 'apiKey.create', subject: formatId('apiKey', id), after: { name: input.name, prefix, scopes, ...(input.stores && { stores: input.stores.map(({ externalId }) => externalId) }) } });
  return { id, key: `prc_${prefix}_${secret.toString('base64url')}`, prefix };
}
