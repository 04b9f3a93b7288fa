/** A command: the account through which a workspace speaks on a channel. A sandbox's must be a simulated vendor's. Its keys are sealed, and never reach the audit log. */
import type { Channel } from '#domain/customers/channels.ts';
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { reachesOutside, type StoredAccount } from '#providers/account.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { sealAccount } from '#engine/account-keys.ts';
import { audit, type CommandContext } from './command-context.ts';

/** Another name or address before the same keys, which nobody has to give again. Refused where the installation's own keys stand, whose sender its environment names. */
export async function changeSender(context: CommandContext, channel: Channel, { from, replyTo }: { from: string; replyTo?: string | undefined }): Promise<void> {
  const { transaction } = context;
  const [account] = await transaction<{ config: Record<string, unknown> }[]>`select config from provider_accounts where channel = ${channel} for update`;
  if (typeof account?.config['from'] !== 'string') throw new PermanentError('account.noKeys', 'This channel has no keys of its own: give them with the sender.');
  const before = { from: account.config['from'] };
  const { replyTo: _, ...config } = account.config;
  await transaction`update provider_accounts set config = ${transaction.json({ ...config, from, ...(replyTo !== undefined && { replyTo }) } as JSONValue)} where channel = ${channel}`;
  await audit(context, { action: 'account.sender', subject: channel, before, after: { from } });
}

/** Answers the account and the endpoint under which its vendor calls back. */
export async function putAccount(context: CommandContext, secret: string, channel: Channel, config: StoredAccount): Promise<Result<{ accountId: string; endpointId: string }>> {
  const { transaction, workspaceId } = context;
  const [workspace] = await transaction<{ kind: string }[]>`select kind from workspaces where id = ${workspaceId}`;
  if (workspace?.kind === 'sandbox' && reachesOutside(config)) return fail({ code: 'account.sandbox', message: 'A sandbox never reaches a real vendor: give the address of the simulated one.', path: ['body', 'baseUrl'] });
  const { config: open, sealed } = sealAccount(secret, workspaceId, channel, config);
  const [account] = await transaction<{ id: string }[]>`
    insert into provider_accounts (id, workspace_id, channel, config, sealed) values (${newId()}, ${workspaceId}, ${channel}, ${transaction.json(open as JSONValue)}, ${sealed})
    on conflict (workspace_id, channel) do update set config = excluded.config, sealed = excluded.sealed, rate = '{}' returning id`;
  if (!account) throw new Error('an upsert answers its row');
  const [known] = await transaction<{ id: string }[]>`select id from webhook_endpoints where account_id = ${account.id} order by id limit 1`;
  const endpointId = known?.id ?? newId();
  if (!known) await transaction`insert into webhook_endpoints (id, workspace_id, account_id) values (${endpointId}, ${workspaceId}, ${account.id})`;
  await audit(context, { action: 'account.put', subject: channel, after: config.kind === 'environment' ? { kind: config.kind } : { kind: config.kind, ...('from' in config && { from: config.from }) } });
  return ok({ accountId: account.id, endpointId });
}
