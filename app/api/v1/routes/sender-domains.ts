/** Domains of senders: added at the vendor, the records to put into the DNS, and whether they are verified. */
import { z } from 'zod';
import { DOMAIN_STATES, DomainName, DomainRecord } from '#domain/messages/sender-domain.ts';
import { formatId } from '#domain/shared/ids.ts';
import { addSenderDomain, checkSenderDomain, listSenderDomains, removeSenderDomain, type SenderDomain } from '#engine/sender-domains.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const DomainOut = z.object({
  id: Id('senderDomain'), name: z.string(), state: z.enum(DOMAIN_STATES), records: z.array(DomainRecord.meta({ description: 'A line for the DNS of the domain; `name` is relative to it, as the vendor gives it.' })),
  reason: z.object({ code: z.string(), figures: z.record(z.string(), z.string()).optional() }).nullable().meta({ description: 'Why the vendor could not be asked last, if it could not.' }),
  checkedAt: Iso.nullable(), verifiedAt: Iso.nullable(), lostAt: Iso.nullable().meta({ description: 'Since when a domain that was verified is so no longer.' }), createdAt: Iso,
}).meta({ id: 'SenderDomain' });

const toDomain = ({ id, name, state, records, reason, checkedAt, verifiedAt, lostAt, createdAt }: SenderDomain): z.input<typeof DomainOut> =>
  ({ id: formatId('senderDomain', id), name, state, records, reason, checkedAt: isoOrNull(checkedAt), verifiedAt: isoOrNull(verifiedAt), lostAt: isoOrNull(lostAt), createdAt: iso(createdAt) });

const params = z.object({ domainId: IdOf('senderDomain') });

const list = defineRoute({
  method: 'GET', path: '/sender-domains', noun: 'Settings', summary: 'List the domains of senders, with their DNS records', scope: 'settings:read', response: z.object({ items: z.array(DomainOut), next: z.null() }),
  async read({ transaction }) {
    return { items: (await listSenderDomains(transaction)).map(toDomain), next: null };
  },
});

const add = defineRoute({
  method: 'POST', path: '/sender-domains', noun: 'Settings', summary: 'Add a domain at the vendor of e-mail, or take over one that it has', scope: 'settings:write', status: 201,
  description: 'Needs the keys of Resend. Answers the records to put into the DNS; the domain is asked about again by itself until it is verified, and from then on twice a day. Repeated, it answers the same domain.',
  body: z.strictObject({ name: DomainName }), example: { name: 'news.example.com' }, response: DomainOut, errors: ['domain.noVendor', 'domain.refused', 'domain.unavailable'],
  async run({ engine, workspaceId, actor, body: { name } }) {
    return { status: 201, body: toDomain(unwrap(await addSenderDomain(engine, { workspaceId, actor }, name))) };
  },
});

const check = defineRoute({
  method: 'POST', path: '/sender-domains/{domainId}/check', noun: 'Settings', summary: 'Ask the vendor to look for the records of a domain now', scope: 'settings:write', params, response: DomainOut, errors: ['domain.unknown'],
  async run({ engine, workspaceId, actor, params: { domainId } }) {
    return { body: toDomain(await checkSenderDomain(engine, { workspaceId, actor }, domainId, { verifies: true })) };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/sender-domains/{domainId}', noun: 'Settings', summary: 'Take a domain away, at the vendor too', scope: 'settings:write', params, response: z.object({ removed: z.literal(true) }), errors: ['domain.unknown', 'domain.inUse', 'domain.unavailable'],
  async run({ engine, workspaceId, actor, params: { domainId } }) {
    await removeSenderDomain(engine, { workspaceId, actor }, domainId);
    return { body: { removed: true as const } };
  },
});

export const senderDomainRoutes = [list, add, check, remove];
