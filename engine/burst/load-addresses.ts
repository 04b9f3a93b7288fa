/** The addresses of customers, in bulk: the newest of each kind, as bursts, the dispatcher and audiences take it, and where each must be left alone. */
import type { Transaction } from '#db/connection.ts';
import { CHANNEL_FACTS, CHANNELS, perChannel, type AddressKind } from '#domain/customers/channels.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';

export type Addresses = Map<string, Record<AddressKind, string | null>>;

/** Customers without any address have no line. */
export async function loadAddresses(transaction: Transaction, customerIds: string[]): Promise<Addresses> {
  const rows = await transaction<{ customer_id: string; kind: 'email' | 'phone'; value: string }[]>`
    select distinct on (customer_id, kind) customer_id, kind, value from customer_identifiers
     where customer_id = any(${customerIds}) and kind in ('email', 'phone') order by customer_id, kind, created_at desc, value`;
  const addresses: Addresses = new Map();
  for (const { customer_id: customerId, kind, value } of rows) addresses.set(customerId, { email: null, phone: null, ...addresses.get(customerId), [kind]: value });
  return addresses;
}

/** Why addresses must be left alone, by `channel address`. */
export async function loadStops(transaction: Transaction, workspaceId: string, addresses: Addresses): Promise<Map<string, string>> {
  const known = [...new Set([...addresses.values()].flatMap((mine) => Object.values(mine).filter((address) => address !== null)))];
  const rows = await transaction<{ channel: string; address: string; reason: string }[]>`
    select channel, address, reason from suppressions where workspace_id = ${workspaceId} and channel = any(${CHANNELS}::text[]) and address = any(${known}::text[])`;
  return new Map(rows.map(({ channel, address, reason }) => [`${channel} ${address}`, reason]));
}

/** Each channel is usable when there is an address and nobody told us to leave it alone. */
export function reachableBy(mine: Record<AddressKind, string | null> | undefined, stops: ReadonlyMap<string, string>): CustomerFacts['reachable'] {
  return perChannel((channel): CustomerFacts['reachable'][string] => {
    const address = mine?.[CHANNEL_FACTS[channel].address];
    if (!address) return { ok: false, reason: 'noAddress' };
    const reason = stops.get(`${channel} ${address}`);
    return reason === undefined ? { ok: true } : { ok: false, reason };
  });
}
