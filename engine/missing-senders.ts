/** What keeps a journey's messages from leaving a live workspace: a channel through which nobody speaks yet. In a sandbox the simulated vendors always do. */
import type { Transaction } from '#db/connection.ts';
import { CHANNEL_NOUNS, channelOfStep, VENDOR_CHANNELS, type Channel } from '#domain/customers/channels.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import type { Problem } from '#domain/shared/result.ts';
import { EnvironmentAccount, type VendorAccounts } from '#providers/account.ts';

/** Whether an account of a channel, as it is stored, has keys: its own, or the installation's. */
export const hasKeys = (config: unknown, channel: Channel, vendorAccounts: VendorAccounts): boolean => !EnvironmentAccount.safeParse(config).success || vendorAccounts[channel] !== undefined;

/** `vendorAccounts`: the installation's own; where they are not known, whoever asks takes an account that stands for them to be there. */
export async function findMissingSenders(transaction: Transaction, workspaceId: string, journey: Journey, vendorAccounts: VendorAccounts | null): Promise<Problem[]> {
  const rows = await transaction<{ channel: string | null; config: unknown }[]>`
    select a.channel, a.config from workspaces w left join provider_accounts a on a.workspace_id = w.id where w.id = ${workspaceId} and w.kind = 'live'`;
  if (rows.length === 0) return [];
  const speaks = (channel: Channel): boolean => {
    const account = rows.find((row) => row.channel === channel);
    return account !== undefined && (vendorAccounts === null || hasKeys(account.config, channel, vendorAccounts));
  };
  return journey.nodes.flatMap((node, index): Problem[] => {
    const by = channelOfStep(node.kind);
    return by === null || !VENDOR_CHANNELS.includes(by) || speaks(by) ? [] : [{ code: 'sender.missing', message: `No sender is set up for ${CHANNEL_NOUNS[by]}: set one up under Settings, Senders.`, path: ['nodes', index] }];
  });
}
