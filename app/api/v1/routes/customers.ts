/** Customers: put, read, search, their attributes, consents and balances. */
import { z } from 'zod';
import { findCustomer, findByIdentifier, listBalances, listConsents, listEnrollmentsOf, searchCustomers, type CustomerRow } from '#db/queries/customers.ts';
import { listContracts, listRelatives } from '#db/queries/customer-rows.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { CONSENT_PURPOSES } from '#domain/customers/consent.ts';
import { normaliseIdentifier, IDENTIFIER_KINDS } from '#domain/customers/identifiers.ts';
import { MOST_CONTRACTS } from '#domain/customers/contracts.ts';
import { AttributeValue, ProfileChange } from '#domain/customers/profile.ts';
import { MOST_RELATIVES } from '#domain/customers/relatives.ts';
import { formatId } from '#domain/shared/ids.ts';
import { readNow } from '#engine/burst/gather.ts';
import { changeAttributes } from '#engine/commands/change-attributes.ts';
import { putConsents } from '#engine/commands/put-consents.ts';
import { putCustomer } from '#engine/commands/put-customer.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, InstantIn, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';
import { ContractIn, ContractOut, RelativeIn, RelativeOut, toContract, toRelative } from '#app/api/v1/customer-rows.ts';

const Identifiers = z.strictObject({ card: z.string().optional(), externalId: z.string().optional(), email: z.string().optional(), phone: z.string().optional() });

const CustomerOut = z.object({
  id: Id('customer'), createdAt: Iso,
  identifiers: z.array(z.object({ kind: z.enum(IDENTIFIER_KINDS), value: z.string() })),
  profile: z.record(z.string(), z.unknown()),
  figures: z.object({ purchases: z.number().int(), spendMinor: z.number().int(), firstPurchaseAt: Iso.nullable(), lastPurchaseAt: Iso.nullable() }),
}).meta({ id: 'Customer' });

const toCustomer = ({ id, profile, figures, createdAt, identifiers }: CustomerRow): z.input<typeof CustomerOut> => ({
  id: formatId('customer', id), createdAt: iso(createdAt), identifiers, profile,
  figures: { ...figures, firstPurchaseAt: isoOrNull(figures.firstPurchaseAt), lastPurchaseAt: isoOrNull(figures.lastPurchaseAt) },
});

const params = z.object({ customerId: IdOf('customer') });
const unknown = () => new PermanentError('customer.unknown', 'There is no such customer.');

/** After the commit, the routers are told of the events that a change left. */
const hint = ({ engine, afterCommit }: Pick<InTransaction<unknown>, 'engine' | 'afterCommit'>, events: number): void => {
  if (events > 0) afterCommit(engine.hintRouters);
};

const put = defineRoute({
  method: 'PUT', path: '/customers', noun: 'Customers', summary: 'Create a customer, or change the one that the identifiers name', scope: 'customers:write',
  description: 'The identifiers that are new are added. Fields of the profile that are named replace, others stay; `relatives` and `contracts` replace the list.',
  body: z.strictObject({ identifiers: Identifiers, profile: ProfileChange.optional(), relatives: z.array(RelativeIn).max(MOST_RELATIVES).optional(), contracts: z.array(ContractIn).max(MOST_CONTRACTS).optional() }),
  example: { identifiers: { externalId: 'crm-481', email: 'anna@example.org', phone: '06 12 34 56 78' }, profile: { firstName: 'Anna', language: 'fr', attributes: { shoeSize: 31 } }, relatives: [{ relation: 'child', firstName: 'Zoé', birthDate: '2021-04-12' }] },
  response: CustomerOut, errors: ['customer.conflict'],
  async write(input) {
    const { transaction, command, workspaceId, body } = input;
    const workspace = await findWorkspace(transaction, workspaceId);
    const { customerId, created, events } = unwrap(await putCustomer(command, body, workspace?.country ?? ''));
    hint(input, events);
    const row = await findCustomer(transaction, customerId);
    if (!row) throw unknown();
    return { status: created ? 201 : 200, body: toCustomer(row) };
  },
});

const CustomerDetail = CustomerOut.extend({
  relatives: z.array(RelativeOut), contracts: z.array(ContractOut),
  consents: z.array(z.object({ purpose: z.string(), channel: z.string(), state: z.enum(['granted', 'denied']), source: z.string(), wordingVersion: z.string().nullable(), at: Iso })),
  enrollments: z.array(z.object({ id: Id('enrollment'), journeyId: Id('journey'), journeyName: z.string(), nodeId: z.string(), enteredAt: Iso, wakeAt: Iso.nullable(), endedAt: Iso.nullable(), ending: z.string().nullable() })),
});

const get = defineRoute({
  method: 'GET', path: '/customers/{customerId}', noun: 'Customers', summary: 'Read a customer with relatives, contracts, consents in force and journeys', scope: 'customers:read',
  params, response: CustomerDetail, errors: ['customer.unknown'],
  async read({ transaction, params: { customerId } }) {
    const row = await findCustomer(transaction, customerId);
    if (!row) throw unknown();
    const relatives = await listRelatives(transaction, customerId);
    const contracts = await listContracts(transaction, customerId);
    const consents = await listConsents(transaction, customerId);
    const enrollments = await listEnrollmentsOf(transaction, customerId);
    return {
      ...toCustomer(row),
      relatives: relatives.map(toRelative), contracts: contracts.map(toContract),
      consents: consents.map((consent) => ({ ...consent, at: iso(consent.at) })),
      enrollments: enrollments.map((one) => ({
        ...one, id: formatId('enrollment', one.id), journeyId: formatId('journey', one.journeyId), enteredAt: iso(one.enteredAt), wakeAt: isoOrNull(one.wakeAt), endedAt: isoOrNull(one.endedAt),
      })),
    };
  },
});

const search = defineRoute({
  method: 'POST', path: '/customers/search', noun: 'Customers', summary: 'Find customers by an identifier or a name', scope: 'customers:read',
  description: 'A POST, so that no address or name stands in a URL or a log. Without anything to look for, it lists all. Whoever acts for some stores only finds the customers attached to these, or served by them.',
  body: z.strictObject({ ...pageQuery, identifier: z.strictObject({ kind: z.enum(IDENTIFIER_KINDS), value: z.string().min(1).max(300) }).optional(), name: z.string().min(1).max(200).optional() }),
  example: { identifier: { kind: 'email', value: 'anna@example.org' } },
  response: PageOf(CustomerOut),
  async read({ transaction, workspaceId, storeIds, body: { limit, after, identifier, name } }) {
    const workspace = await findWorkspace(transaction, workspaceId);
    const normal = identifier ? unwrap(normaliseIdentifier(identifier.kind, identifier.value, workspace?.country ?? '')) : null;
    const rows = await searchCustomers(transaction, { ...(identifier && normal !== null ? { identifier: { kind: identifier.kind, value: normal } } : {}), name, after: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1, storeIds });
    return pageOf(rows, limit, ({ id }) => [id], toCustomer);
  },
});

const byExternalId = defineRoute({
  method: 'GET', path: '/customers/by-external-id/{externalId}', noun: 'Customers', summary: "Read a customer by the merchant's own id", scope: 'customers:read',
  params: z.object({ externalId: z.string().min(1).max(200) }), response: CustomerOut, errors: ['customer.unknown'],
  async read({ transaction, params: { externalId } }) {
    const id = await findByIdentifier(transaction, { kind: 'externalId', value: externalId.normalize('NFC').trim() });
    const row = id === null ? null : await findCustomer(transaction, id);
    if (!row) throw unknown();
    return toCustomer(row);
  },
});

const attributes = defineRoute({
  method: 'PUT', path: '/customers/{customerId}/attributes', noun: 'Customers', summary: 'Set and remove attributes', scope: 'customers:write', params,
  body: z.strictObject({ set: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/), AttributeValue).default({}), remove: z.array(z.string().min(1).max(64)).max(100).default([]) })
    .refine(({ set, remove }) => Object.keys(set).length + remove.length > 0, 'name an attribute to set or to remove'),
  example: { set: { shoeSize: 32 }, remove: ['nickname'] },
  response: z.object({ attributes: z.record(z.string(), z.unknown()) }), errors: ['customer.unknown'],
  async write(input) {
    const { transaction, command, params: { customerId }, body } = input;
    hint(input, await changeAttributes(command, customerId, body));
    const row = await findCustomer(transaction, customerId);
    return { body: { attributes: row?.profile.attributes ?? {} } };
  },
});

const consents = defineRoute({
  method: 'PUT', path: '/customers/{customerId}/consents', noun: 'Customers', summary: 'Keep what a customer said of being contacted', scope: 'customers:write', params,
  description: 'What differs from what is in force is kept with its source, wording and proof. A denial is obeyed by everything not yet handed to a provider, from the commit on.',
  body: z.strictObject({
    consents: z.array(z.strictObject({
      purpose: z.enum(CONSENT_PURPOSES), channel: z.enum(CHANNELS), state: z.enum(['granted', 'denied']), source: z.string().min(1).max(100),
      wordingVersion: z.string().max(100).optional(), at: InstantIn.optional(), proof: z.record(z.string(), z.unknown()).optional(),
    })).min(1).max(20),
  }),
  response: z.object({ consents: CustomerDetail.shape.consents }), errors: ['customer.unknown'],
  async write(input) {
    const { transaction, command, workspaceId, params: { customerId }, body } = input;
    const now = await readNow(transaction, workspaceId);
    hint(input, await putConsents(command, customerId, body.consents.map(({ at, ...consent }) => ({ ...consent, at: Math.min(at ?? now, now) }))));
    return { body: { consents: (await listConsents(transaction, customerId)).map((consent) => ({ ...consent, at: iso(consent.at) })) } };
  },
});

const balances = defineRoute({
  method: 'GET', path: '/customers/{customerId}/balances', noun: 'Customers', summary: 'Read the balances of a customer', scope: 'customers:read', params,
  response: z.object({ balances: z.array(z.object({ programme: z.string(), amount: z.number().int() })) }), errors: ['customer.unknown'],
  async read({ transaction, params: { customerId } }) {
    if (!(await findCustomer(transaction, customerId))) throw unknown();
    return { balances: await listBalances(transaction, customerId) };
  },
});

export const customerRoutes = [put, search, byExternalId, get, attributes, consents, balances];
