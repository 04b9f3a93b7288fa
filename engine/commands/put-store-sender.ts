/** A command: in whose name a store speaks on a channel, or, taken away, the brand's again. It holds from the next hand-over on. */
import type { JSONValue } from 'postgres';
import type { Transaction } from '#db/connection.ts';
import { mayUseAddress, type StoreEmailSender, type StorePhoneSender, type StoreSenderChannel, type StoreSenders } from '#domain/messages/choose-sender.ts';
import { domainOfSender } from '#domain/messages/domain-of-sender.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

async function findStore({ transaction }: CommandContext, externalId: string): Promise<string> {
  const [store] = await transaction<{ id: string }[]>`select id from stores where external_id = ${externalId}`;
  if (!store) throw new PermanentError('store.unknown', 'There is no such store.');
  return store.id;
}

/** The domains in whose name a workspace may write, beside the brand's own; null in a sandbox, which reaches nobody. */
export async function loadVerifiedDomains(transaction: Transaction, workspaceId: string): Promise<ReadonlySet<string> | null> {
  const rows = await transaction<{ kind: string; name: string | null }[]>`
    select w.kind, d.name from workspaces w left join sender_domains d on d.workspace_id = w.id and d.state = 'verified' where w.id = ${workspaceId}`;
  return rows[0]?.kind === 'sandbox' ? null : new Set(rows.flatMap(({ name }) => name ?? []));
}

/** `installation`: the sender of the installation's own keys, where the workspace speaks with those. */
export async function putStoreSender(context: CommandContext, externalId: string, channel: StoreSenderChannel, sender: StoreEmailSender | StorePhoneSender, installation = ''): Promise<Result<null>> {
  const { transaction, workspaceId } = context;
  const storeId = await findStore(context, externalId);
  if ('address' in sender && sender.address !== undefined) {
    const [account] = await transaction<{ from: string | null }[]>`select config ->> 'from' as from from provider_accounts where channel = 'email'`;
    const verified = await loadVerifiedDomains(transaction, workspaceId);
    if (!mayUseAddress(sender.address, account?.from ?? installation, verified)) {
      return fail({ code: 'sender.domain', message: `The domain ${domainOfSender(sender.address)} is not verified: add it under Settings, Senders, then put its records into the DNS.`, path: ['body', 'address'] });
    }
  }
  const [before] = await transaction<{ sender: unknown }[]>`select sender from store_senders where store_id = ${storeId} and channel = ${channel}`;
  await transaction`
    insert into store_senders (workspace_id, store_id, channel, sender, updated_at) values (${workspaceId}, ${storeId}, ${channel}, ${transaction.json(sender as JSONValue)}, workspace_now(${workspaceId}))
    on conflict (store_id, channel) do update set sender = excluded.sender, updated_at = excluded.updated_at`;
  await audit(context, { action: 'store.sender', subject: externalId, before: before?.sender, after: { channel, ...sender } });
  await raiseEpoch(context);
  return ok(null);
}

export async function removeStoreSender(context: CommandContext, externalId: string, channel: StoreSenderChannel): Promise<void> {
  const { transaction } = context;
  const storeId = await findStore(context, externalId);
  const [gone] = await transaction<{ sender: unknown }[]>`delete from store_senders where store_id = ${storeId} and channel = ${channel} returning sender`;
  if (!gone) return;
  await audit(context, { action: 'store.sender', subject: externalId, before: gone.sender, after: { channel, brand: true } });
  await raiseEpoch(context);
}

export type StoreSenderRow = { externalId: string; store: string; channel: StoreSenderChannel; sender: Record<string, string> };
export const listStoreSenders = (transaction: Transaction): Promise<StoreSenderRow[]> => transaction<StoreSenderRow[]>`
  select s.external_id as "externalId", s.name as store, x.channel, x.sender from store_senders x join stores s on s.id = x.store_id order by s.name, s.external_id, x.channel`;

/** By store id, for the rules of a burst and of a hand-over. */
export async function loadStoreSenders(transaction: Transaction): Promise<Record<string, StoreSenders>> {
  const rows = await transaction<{ storeId: string; externalId: string; channel: StoreSenderChannel; sender: unknown }[]>`
    select s.id as "storeId", s.external_id as "externalId", x.channel, x.sender from store_senders x join stores s on s.id = x.store_id`;
  const senders: Record<string, StoreSenders> = {};
  for (const { storeId, externalId, channel, sender } of rows) senders[storeId] = { ...(senders[storeId] ?? { store: externalId }), [channel]: sender };
  return senders;
}
