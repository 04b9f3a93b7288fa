/** Keeps what a file says of consents, beside what is in force: nobody who opted out comes back by an import (§13.10). */
import { isChannel, type Channel } from '#domain/customers/channels.ts';
import type { Consent } from '#domain/customers/consent.ts';
import { landConsent } from '#domain/imports/land.ts';
import { applyConsents, type ConsentChange } from '#engine/apply-consent.ts';
import { count, type Landing, type LandingContext } from './landing.ts';

type InForce = Pick<Consent, 'state' | 'at'>;
const keyOf = (customerId: string, purpose: string, channel: string): string => `${customerId} ${purpose} ${channel}`;

/** The caller holds the heads. Counts each consent under what became of it. */
export async function keepConsents({ transaction, workspace, settings }: LandingContext, said: ConsentChange[], landing: Landing): Promise<void> {
  if (said.length === 0) return;
  const rows = await transaction<{ customer_id: string; purpose: string; channel: string; state: Consent['state']; at: Date }[]>`
    select distinct on (customer_id, purpose, channel) customer_id, purpose, channel, state, at from consents
     where customer_id = any(${[...new Set(said.map(({ customerId }) => customerId))]}) order by customer_id, purpose, channel, id desc`;
  const inForce = new Map<string, InForce>(rows.filter((row): row is typeof row & { channel: Channel } => isChannel(row.channel)).map(({ customer_id, purpose, channel, state, at }) => [keyOf(customer_id, purpose, channel), { state, at: at.getTime() }]));
  const kept = said.filter((consent) => {
    const key = keyOf(consent.customerId, consent.purpose, consent.channel);
    const landed = landConsent(inForce.get(key) ?? null, consent);
    count(landing, `consents.${landed}`);
    if (landed === 'kept') inForce.set(key, consent);
    return landed === 'kept';
  });
  landing.events += await applyConsents(transaction, workspace.id, kept, !settings.startsJourneys);
}
