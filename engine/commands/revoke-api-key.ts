/** A command: revokes an API key; the next request with it is refused. */
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

/** Revoking twice changes nothing. */
export async function revokeApiKey(context: CommandContext, keyId: string, reason?: string): Promise<void> {
  const { transaction } = context;
  const [row] = await transaction<{ name: string; revoked_at: Date | null }[]>`select name, revoked_at from api_keys where id = ${keyId} for update`;
  if (!row) throw new PermanentError('apiKey.unknown', 'There is no such API key.');
  if (row.revoked_at) return;
  await transaction`update api_keys set revoked_at = clock_timestamp() where id = ${keyId}`;
  await audit(context, { action: 'apiKey.revoke', subject: formatId('apiKey', keyId), before: { name: row.name }, reason });
}
