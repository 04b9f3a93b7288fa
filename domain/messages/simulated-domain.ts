/** What the simulated vendor says of a domain: pure, by the first label of its name and by how long ago it was asked to look for its records. */
import { stableHash } from '#domain/shared/stable-hash.ts';

/** `failed.`: the records are wrong. `pending.`: they never come. `lost.`: they are taken away a minute after they were found. `lies.`: it takes the domain and answers an error. */
export const SIMULATED_DOMAINS = ['failed', 'pending', 'lost', 'lies'] as const;

const FOUND_AFTER_SECONDS = 2;
const LOST_AFTER_SECONDS = 60;

export type SimulatedDomain = { id: string; name: string; status: string; records: { record: string; name: string; type: string; value: string; ttl: string; status: string; priority?: number }[] };

function statusOf(name: string, askedSecondsAgo: number | null): string {
  if (askedSecondsAgo === null) return 'not_started';
  const [first] = name.split('.');
  if (askedSecondsAgo < FOUND_AFTER_SECONDS || first === 'pending') return 'pending';
  if (first === 'failed') return 'failed';
  return first === 'lost' && askedSecondsAgo >= LOST_AFTER_SECONDS ? 'failed' : 'verified';
}

/** `askedSecondsAgo` is null while nobody has asked. Records as Resend gives them: https://resend.com/docs/api-reference/domains/create-domain */
export function simulatedDomain({ id, name }: { id: string; name: string }, askedSecondsAgo: number | null): SimulatedDomain {
  const status = statusOf(name, askedSecondsAgo);
  const key = Array.from({ length: 8 }, (_, part) => Math.floor(stableHash('dkim', `${id} ${part}`) * 2 ** 32).toString(36).padStart(7, '0')).join('');
  return {
    id, name, status,
    records: [
      { record: 'SPF', name: 'send', type: 'MX', ttl: 'Auto', status, value: 'feedback-smtp.eu-west-1.amazonses.com', priority: 10 },
      { record: 'SPF', name: 'send', type: 'TXT', ttl: 'Auto', status, value: '"v=spf1 include:amazonses.com ~all"' },
      { record: 'DKIM', name: 'resend._domainkey', type: 'TXT', ttl: 'Auto', status, value: `p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ${key}IDAQAB` },
    ],
  };
}
