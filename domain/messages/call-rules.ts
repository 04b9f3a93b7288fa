/** What the law says of calls beside their hours, as dated data with its source (§6.3): how often, how long not after a refusal, and since when only with a consent that can be proved. */
import type { Consent } from '#domain/customers/consent.ts';
import { FRANCE } from '#domain/messages/quiet-hours-rules.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { DAY_MS, localTime, type Instant } from '#domain/shared/time.ts';

export type CallRule = {
  key: string;
  countries: readonly string[];
  /** At most so many calls within so many days of 24 hours, whether or not anybody answered. */
  maximumCalls: number;
  withinDays: number;
  /** No call for so many days after a refusal said on the phone. */
  silenceDays: number;
  /** From this local date on only with a prior consent whose proof is kept. */
  provedConsentSince: string | null;
  /** First local date on which the rule holds. */
  since: string;
  sources: readonly { title: string; url: string; checkedOn: string }[];
};

export const CALL_RULES: readonly CallRule[] = [
  {
    key: 'fr.call.marketing',
    countries: FRANCE,
    maximumCalls: 4,
    withinDays: 30,
    silenceDays: 60,
    provedConsentSince: '2026-08-11',
    since: '2023-03-01',
    sources: [
      { title: 'Décret n° 2022-1313 du 13 octobre 2022, article D. 223-9 of the consumer code', url: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046421823', checkedOn: '2026-11-22' },
      { title: 'Loi n° 2025-594 du 30 juin 2025, article L. 223-1 of the consumer code: prior consent from 11 August 2026', url: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000051824230', checkedOn: '2026-11-27' },
    ],
  },
];

/** How far back calls matter; the pressure ledger is loaded at least so far. */
export const CALL_REACH_SECONDS = Math.max(...CALL_RULES.map(({ withinDays }) => withinDays)) * 86_400;

export type CallQuestion = {
  channel: string;
  purpose: 'marketing' | 'transactional';
  country: string;
  zone: string;
  at: Instant;
  /** The customer's pressure ledger without the call in question. */
  ledger: readonly LedgerEntry[];
  /** When the customer last refused on the phone. */
  refusedAt: Instant | null;
  /** The consent on which the call would rest; null when it rests on none. */
  consent: Consent | null;
};

const isProved = (consent: Consent | null): boolean => consent !== null && consent.state === 'granted' && Object.keys(consent.proof ?? {}).length > 0;

/** Why the law forbids a call at `at`; null when it does not. Other channels, calls that sell nothing and other countries are not concerned. */
export function callForbidden(question: CallQuestion, rules: readonly CallRule[] = CALL_RULES): { code: string; figures: Record<string, unknown> } | null {
  const { channel, purpose, country, zone, at, ledger, refusedAt, consent } = question;
  if (channel !== 'call' || purpose !== 'marketing') return null;
  const today = localTime(at, zone).toPlainDate().toString();
  const rule = rules.find(({ countries, since }) => countries.includes(country) && since <= today);
  if (!rule) return null;
  const silentUntil = refusedAt === null ? null : refusedAt + rule.silenceDays * DAY_MS;
  if (silentUntil !== null && at < silentUntil) return { code: 'law.callRefused', figures: { refusedAt, until: silentUntil, rule: rule.key } };
  if (rule.provedConsentSince !== null && today >= rule.provedConsentSince && !isProved(consent)) return { code: 'law.callUnproved', figures: { since: rule.provedConsentSince, rule: rule.key } };
  const calls = ledger.filter((entry) => entry.channel === 'call' && entry.at > at - rule.withinDays * DAY_MS && entry.at <= at).map((entry) => entry.at).sort((left, right) => left - right);
  if (calls.length < rule.maximumCalls) return null;
  const freeAt = (calls.at(-rule.maximumCalls) ?? at) + rule.withinDays * DAY_MS;
  return { code: 'law.callsTooMany', figures: { calls: calls.length, maximum: rule.maximumCalls, days: rule.withinDays, freeAt, rule: rule.key } };
}
