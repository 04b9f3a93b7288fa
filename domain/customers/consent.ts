/**
 * Consent per purpose and channel, and why a message is lawful when it leaves (§6.4). Opt-in is the default; soft opt-in for existing
 * customers is a dated choice of the workspace. The latest line of a purpose and channel is the one in force.
 */
import { z } from 'zod';
import { CHANNELS, type Channel } from '#domain/customers/channels.ts';
import { DAY_MS, type Instant } from '#domain/shared/time.ts';

export const CONSENT_PURPOSES = ['marketing', 'transactional'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
export type { Channel };

export const Consent = z.object({
  purpose: z.enum(CONSENT_PURPOSES),
  channel: z.enum(CHANNELS),
  state: z.enum(['granted', 'denied']),
  /** Where it was said: `till`, `preferencePage`, `unsubscribeLink`, `smsKeyword`, `import` … */
  source: z.string().min(1).max(100),
  wordingVersion: z.string().max(100).optional(),
  at: z.number().int(),
  proof: z.record(z.string(), z.unknown()).optional(),
});
export type Consent = z.infer<typeof Consent>;

/** The workspace's choice. Soft opt-in: who bought within `withinDays` may be written to about similar products unless they objected. */
export const ConsentPolicy = z.object({
  softOptIn: z.object({ chosenAt: z.number().int(), channels: z.array(z.enum(CHANNELS)).min(1), withinDays: z.number().int().positive() }).nullable().default(null),
});
export type ConsentPolicy = z.infer<typeof ConsentPolicy>;

export type LawfulBasis =
  | { kind: 'consent'; source: string; wordingVersion: string | null; at: Instant }
  | { kind: 'softOptIn'; chosenAt: Instant; lastPurchaseAt: Instant }
  | { kind: 'transactional' };
export type Lawfulness = { lawful: true; basis: LawfulBasis } | { lawful: false; reason: 'denied' | 'noConsent'; since: Instant | null };

/** The consent in force, or null when nothing was ever said. Of two said at one instant the denial counts. */
export function consentInForce(consents: readonly Consent[], purpose: ConsentPurpose, channel: Channel): Consent | null {
  let latest: Consent | null = null;
  for (const consent of consents) {
    if (consent.purpose !== purpose || consent.channel !== channel) continue;
    if (!latest || consent.at > latest.at || (consent.at === latest.at && consent.state === 'denied')) latest = consent;
  }
  return latest;
}

/**
 * Whether a message may leave at `at`, and why; the basis is kept with the message. A denial always wins, over a transactional message only
 * when it names that purpose. Soft opt-in is for customers, about similar products (directive 2002/58/EC, article 13.2;
 * https://www.cnil.fr/fr/la-prospection-commerciale-par-sms-mms).
 */
export function lawfulness(
  purpose: ConsentPurpose,
  channel: Channel,
  consents: readonly Consent[],
  policy: ConsentPolicy,
  facts: { at: Instant; lastPurchaseAt: Instant | null },
): Lawfulness {
  const consent = consentInForce(consents, purpose, channel);
  if (consent?.state === 'denied') return { lawful: false, reason: 'denied', since: consent.at };
  if (purpose === 'transactional') return { lawful: true, basis: { kind: 'transactional' } };
  if (consent) return { lawful: true, basis: { kind: 'consent', source: consent.source, wordingVersion: consent.wordingVersion ?? null, at: consent.at } };
  const soft = policy.softOptIn;
  const { at, lastPurchaseAt } = facts;
  if (soft && soft.channels.includes(channel) && at >= soft.chosenAt && lastPurchaseAt !== null && lastPurchaseAt >= at - soft.withinDays * DAY_MS) {
    return { lawful: true, basis: { kind: 'softOptIn', chosenAt: soft.chosenAt, lastPurchaseAt } };
  }
  return { lawful: false, reason: 'noConsent', since: null };
}
