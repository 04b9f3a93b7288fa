/** The addresses of customers, in bulk: the newest of each kind, as bursts, the dispatcher and audiences take it, and where each must be left alone. */
import type { Transaction } from '#db/connection.ts';
import { CHANNEL_FACTS, CHANNELS, perChannel, type AddressKind } from '#domain/customers/channels.ts';
import { postalAddress } from '#domain/customers/postal-address.ts';
import type { CustomerProfile } from '#domain/customers/profile.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import type { Instant } from '#domain/shared/time.ts';

/** A refusal on the phone is kept beside the number like a stop, and silences marketing for a while only (§6.3). */
export const CALL_REFUSED = 'refusedCall';

export type Addresses = Map<string, Record<AddressKind, string | null>>;

const NOWHERE: Record<AddressKind, null> = { email: null, phone: null, postal: null, browser: null };

/** Customers without any address have no line. Where post goes follows from the profile: `withPostal` adds it. */
export async function loadAddresses(transaction: Transaction, customerIds: string[]): Promise<Addresses> {
  const rows = await transaction<{ customer_id: string; kind: 'email' | 'phone'; value: string }[]>`
    select distinct on (customer_id, kind) customer_id, kind, value from customer_identifiers
     where customer_id = any(${customerIds}) and kind in ('email', 'phone') order by customer_id, kind, created_at desc, value`;
  const browsers = await transaction<{ customer_id: string }[]>`select distinct customer_id from push_subscriptions where customer_id = any(${customerIds}) and gone_at is null`;
  const addresses: Addresses = new Map();
  for (const { customer_id: customerId, kind, value } of rows) addresses.set(customerId, { ...NOWHERE, ...addresses.get(customerId), [kind]: value });
  // A notification goes to the customer, in whichever browsers they have: there is no one address.
  for (const { customer_id: customerId } of browsers) addresses.set(customerId, { ...NOWHERE, ...addresses.get(customerId), browser: customerId });
  return addresses;
}

/** Adds where post reaches a customer. */
export function withPostal(addresses: Addresses, customerId: string, profile: CustomerProfile, country: string): void {
  const postal = postalAddress(profile, country);
  if (postal !== null) addresses.set(customerId, { ...NOWHERE, ...addresses.get(customerId), postal });
}

type Stops = ReadonlyMap<string, { reason: string; at: Instant }>;

/** Why and since when addresses must be left alone, by `channel address`. */
export async function loadStops(transaction: Transaction, workspaceId: string, addresses: Addresses): Promise<Stops> {
  const known = [...new Set([...addresses.values()].flatMap((mine) => Object.values(mine).filter((address) => address !== null)))];
  const rows = await transaction<{ channel: string; address: string; reason: string; at: Date }[]>`
    select channel, address, reason, at from suppressions where workspace_id = ${workspaceId} and channel = any(${CHANNELS}::text[]) and address = any(${known}::text[])`;
  return new Map(rows.map(({ channel, address, reason, at }) => [`${channel} ${address}`, { reason, at: at.getTime() }]));
}

/** Each channel is usable when there is an address and nobody told us to leave it alone. */
export function reachableBy(mine: Record<AddressKind, string | null> | undefined, stops: Stops): CustomerFacts['reachable'] {
  return perChannel((channel): CustomerFacts['reachable'][string] => {
    const address = mine?.[CHANNEL_FACTS[channel].address];
    if (!address) return { ok: false, reason: 'noAddress' };
    const stop = stops.get(`${channel} ${address}`);
    if (!stop) return { ok: true };
    return stop.reason === CALL_REFUSED ? { ok: true, refusedAt: stop.at } : { ok: false, reason: stop.reason };
  });
}
