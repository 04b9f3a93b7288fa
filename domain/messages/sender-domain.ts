/** The domain of a sender's address: what a vendor says of it, in our words, and when to ask again. Machine time, in seconds. */
import { z } from 'zod';
import { DOMAIN, MOST_OF_DOMAIN } from './domain-of-sender.ts';

export const DOMAIN_STATES = ['notStarted', 'pending', 'verified', 'failed'] as const;
export type DomainState = (typeof DOMAIN_STATES)[number];

/** A line of the DNS that the vendor asks for; `name` and `value` are to be put as they stand. */
export const DomainRecord = z.object({
  purpose: z.string(), type: z.string(), name: z.string(), value: z.string(), ttl: z.string(), priority: z.number().nullable(), state: z.enum(DOMAIN_STATES),
});
export type DomainRecord = z.infer<typeof DomainRecord>;

export const DomainName = z.string().trim().toLowerCase().max(MOST_OF_DOMAIN)
  .regex(DOMAIN, 'write a domain alone, such as news.example.com');

/** What Resend calls a status; whatever it adds to its list is waited for. https://resend.com/docs/dashboard/domains/introduction */
export function domainState(status: string): DomainState {
  switch (status) {
    case 'verified': return 'verified';
    case 'failed':
    case 'partially_failed': return 'failed';
    case 'not_started': return 'notStarted';
    // `temporary_failure`: a domain that was verified and whose records could not be read of late.
    default: return 'pending';
  }
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const FIRST_WAIT = 15;
/** Resend gives up looking for records by itself after 72 hours. */
const PATIENCE = 3 * DAY;

/**
 * When to ask of a domain again. While its records are being put, soon and then ever later, up to an hour; after three days, or once it failed, four times a day; a
 * verified one twice a day, so that one that is no longer is known the same day.
 */
export function nextCheckSeconds({ state, checks, ageSeconds }: { state: DomainState; checks: number; ageSeconds: number }): number {
  if (state === 'verified') return 12 * HOUR;
  if (state === 'failed' || ageSeconds > PATIENCE) return 6 * HOUR;
  return Math.min(HOUR, FIRST_WAIT * 2 ** Math.min(checks, 12));
}
