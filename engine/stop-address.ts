/** Addresses that must not be written to again, whoever they belong to, and what a vendor's refusal says of one. */
import type { Transaction } from '#db/connection.ts';
import { CHANNEL_FACTS, isChannel } from '#domain/customers/channels.ts';
import type { MessageRow } from '#db/queries/messages.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { applyConsents } from '#engine/apply-consent.ts';

/** Twilio's codes: a number that is none, or no mobile. https://www.twilio.com/docs/api/errors */
const NO_SUCH_NUMBER = ['21211', '21614', '63003', '63024'];
const UNSUBSCRIBED = '21610';

/** Keeps an address from being used again; the first reason stays. */
export async function suppressAddress(transaction: Transaction, workspaceId: string, address: { channel: string; address: string; reason: string }, now: Instant): Promise<void> {
  await transaction`
    insert into suppressions (workspace_id, channel, address, reason, at) values (${workspaceId}, ${address.channel}, ${address.address}, ${address.reason}, ${formatInstant(now)}::text::timestamptz)
    on conflict do nothing`;
}

/** What a refusal with this code says of the address, if anything; the caller holds the head. Any other refusal concerns one message. */
export async function stopAddress(transaction: Transaction, workspaceId: string, message: MessageRow, vendorCode: string, now: Instant): Promise<void> {
  const { channel } = message;
  if (!isChannel(channel) || CHANNEL_FACTS[channel].vendor !== 'twilio') return;
  if (vendorCode === UNSUBSCRIBED) {
    await applyConsents(transaction, workspaceId, [{ customerId: message.customerId, purpose: 'marketing', channel, state: 'denied', source: 'vendor', at: now, proof: { messageId: message.id, vendorCode } }]);
  } else if (NO_SUCH_NUMBER.includes(vendorCode) && message.address !== null) {
    await suppressAddress(transaction, workspaceId, { channel, address: message.address, reason: 'invalid' }, now);
  }
}
