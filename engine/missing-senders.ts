/** What keeps a journey's messages from leaving a live workspace: a channel through which nobody speaks yet. In a sandbox the simulated vendors always do. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { CHANNEL_NOUNS, channelOfStep, VENDOR_CHANNELS, type Channel } from '#domain/customers/channels.ts';
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { domainOfSender } from '#domain/messages/domain-of-sender.ts';
import type { Problem } from '#domain/shared/result.ts';
import { EnvironmentAccount, type VendorAccounts } from '#providers/account.ts';

const OwnResend = z.object({ kind: z.literal('resend'), from: z.string() });

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
  return journey.nodes.flatMap((node, index): Problem[] => channelsOf(node)
    .filter(({ channel }) => VENDOR_CHANNELS.includes(channel) && !speaks(channel))
    .map(({ channel, path }) => ({ code: 'sender.missing', message: `No sender is set up for ${CHANNEL_NOUNS[channel]}: set one up under Settings, Senders.`, path: ['nodes', index, ...path] })))
    .concat(await findUnverified(transaction, journey, rows));
}

/** E-mail of the workspace's own Resend account leaves in the name of a verified domain only; a relay (SMTP) and the installation's sender are its operator's to answer for. */
async function findUnverified(transaction: Transaction, journey: Journey, accounts: { channel: string | null; config: unknown }[]): Promise<Problem[]> {
  const own = OwnResend.safeParse(accounts.find(({ channel }) => channel === 'email')?.config);
  const domain = own.success ? domainOfSender(own.data.from) : null;
  if (domain === null) return [];
  const [verified] = await transaction`select from sender_domains where name = ${domain} and state = 'verified'`;
  if (verified) return [];
  return journey.nodes.flatMap((node, index): Problem[] => channelsOf(node).filter(({ channel }) => channel === 'email')
    .map(({ path }) => ({ code: 'sender.domain', message: `The domain ${domain} is not verified: put its records into the DNS, under Settings, Senders.`, path: ['nodes', index, ...path] })));
}

/** The channels on which a step may speak: its own, and the one that a capped message takes instead (§5.8). */
function channelsOf(node: JourneyNode): { channel: Channel; path: string[] }[] {
  const own = channelOfStep(node.kind);
  if (own === null) return [];
  const other = 'whenCapped' in node.settings && node.settings.whenCapped.kind === 'otherChannel' ? node.settings.whenCapped.channel : null;
  return [{ channel: own, path: [] }, ...(other === null || other === own ? [] : [{ channel: other, path: ['settings', 'whenCapped', 'channel'] }])];
}
