/** The till: all that a counter asks, each in one request (§11.2). Purchases and returns are events; vouchers and rewards have routes of their own. */
import { z } from 'zod';
import { findCustomer, listBalances, listConsents } from '#db/queries/customers.ts';
import { listProducts } from '#db/queries/products.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { findByIdentifiers, findLastPurchase, listAllProgrammes, listHeldVouchers, listOpenStores } from '#db/queries/till.ts';
import { listVouchers } from '#db/queries/loyalty.ts';
import { noteServed } from '#db/queries/seen-customers.ts';
import { listStaff } from '#db/queries/tills.ts';
import { CHANNELS, perChannel } from '#domain/customers/channels.ts';
import { guessIdentifiers } from '#domain/customers/guess-identifier.ts';
import { IDENTIFIER_KINDS } from '#domain/customers/identifiers.ts';
import { ProfileChange } from '#domain/customers/profile.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { missingToNextReward } from '#domain/loyalty/rewards.ts';
import { Offer } from '#domain/offers/offer.ts';
import { readVoucherCode } from '#domain/offers/voucher-code.ts';
import { formatId } from '#domain/shared/ids.ts';
import { readNow } from '#engine/burst/gather.ts';
import { putConsents } from '#engine/commands/put-consents.ts';
import { putCustomer } from '#engine/commands/put-customer.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const MAXIMUM_PRODUCTS = 2_000;
const Identifier = z.object({ kind: z.enum(IDENTIFIER_KINDS), value: z.string() });

const open = defineRoute({
  method: 'GET', path: '/till', noun: 'Till', summary: 'Read what a till needs to work: stores, products, programmes', scope: 'loyalty:redeem', forTills: 'always',
  description: 'A merchant is told the stores that are theirs, a paired till its own, its name and who may stand at it. Keep the answer: a till that is offline goes on with it.',
  response: z.object({
    now: Iso,
    stores: z.array(z.object({ externalId: z.string(), name: z.string(), city: z.string().nullable(), timeZone: z.string() })),
    products: z.array(z.object({ sku: z.string(), name: z.record(z.string(), z.string()), categories: z.array(z.string()), priceMinor: z.number().int() })),
    programmes: z.array(LoyaltyProgramme),
    till: z.object({ id: Id('till'), name: z.string(), staff: z.array(z.object({ id: Id('staff'), name: z.string() })), identified: z.object({ id: Id('staff'), name: z.string() }).nullable() }).nullable(),
  }),
  async read({ transaction, workspaceId, storeIds, till }) {
    const stores = (await listOpenStores(transaction, workspaceId)).filter(({ id }) => storeIds?.includes(id) ?? true);
    const products = await listProducts(transaction, { after: null, limit: MAXIMUM_PRODUCTS, show: 'current' });
    return {
      now: iso(await readNow(transaction, workspaceId)),
      stores: stores.map(({ externalId, name, city, timeZone }) => ({ externalId, name, city, timeZone })),
      products: products.map(({ sku, name, categories, priceMinor }) => ({ sku, name, categories, priceMinor })),
      programmes: await listAllProgrammes(transaction),
      till: till && {
        id: formatId('till', till.tillId), name: till.name, staff: (await listStaff(transaction, [till.storeId])).map(({ id, name }) => ({ id: formatId('staff', id), name })),
        identified: till.staff && !till.locked ? { ...till.staff, id: formatId('staff', till.staff.id) } : null,
      },
    };
  },
});

const Reward = z.object({ key: z.string(), name: z.record(z.string(), z.string()), costPoints: z.number().int() });
const TillCustomer = z.object({
  id: Id('customer'), firstName: z.string().nullable(), lastName: z.string().nullable(), identifiers: z.array(Identifier),
  balances: z.array(z.object({
    programme: z.string(), name: z.record(z.string(), z.string()), balance: z.number().int(), reachable: z.array(Reward), next: z.object({ reward: Reward, missingPoints: z.number().int() }).nullable(),
  })),
  vouchers: z.array(z.object({ code: z.string(), offer: Offer, validFrom: Iso, validUntil: Iso.nullable() })),
  lastPurchase: z.object({ orderId: z.string(), amountMinor: z.number().int(), occurredAt: Iso, store: z.string().nullable(), returned: z.boolean() }).nullable(),
  marketing: z.record(z.enum(CHANNELS), z.enum(['granted', 'denied', 'notAsked'])),
}).meta({ id: 'TillCustomer' });

const unknown = () => new PermanentError('customer.unknown', 'There is no such customer.');

async function readTillCustomer({ transaction, workspaceId }: Pick<InTransaction<unknown>, 'transaction' | 'workspaceId'>, customerId: string): Promise<z.input<typeof TillCustomer>> {
  const row = await findCustomer(transaction, customerId);
  if (!row) throw unknown();
  const [balances, consents, vouchers, lastPurchase, programmes] = await Promise.all([
    listBalances(transaction, customerId), listConsents(transaction, customerId), listHeldVouchers(transaction, workspaceId, customerId), findLastPurchase(transaction, customerId), listAllProgrammes(transaction),
  ]);
  const said = (channel: string) => consents.find((consent) => consent.purpose === 'marketing' && consent.channel === channel)?.state ?? 'notAsked';
  return {
    id: formatId('customer', customerId), firstName: row.profile.firstName ?? null, lastName: row.profile.lastName ?? null, identifiers: row.identifiers,
    balances: programmes.map((programme) => {
      const balance = balances.find((one) => one.programme === programme.key)?.amount ?? 0;
      return { programme: programme.key, name: programme.name, balance, ...missingToNextReward(programme, balance) };
    }),
    vouchers: vouchers.map((voucher) => ({ ...voucher, validFrom: iso(voucher.validFrom), validUntil: isoOrNull(voucher.validUntil) })),
    lastPurchase: lastPurchase && { ...lastPurchase, occurredAt: iso(lastPurchase.occurredAt) },
    marketing: perChannel(said),
  };
}

const lookUp = defineRoute({
  method: 'POST', path: '/till/look-up', noun: 'Till', summary: 'Find a customer by what was scanned or typed, with balance, vouchers and last purchase', scope: 'customers:read', forTills: 'identified',
  description: 'A card, a phone number, an e-mail address, the code of a voucher, else the number that another system gave; or a customer by id. A POST, so that no address stands in a URL. '
    + '`identifiers` is what the text may be, the likeliest first; `otherCustomers` counts whom else it names.',
  body: z.union([z.strictObject({ text: z.string().trim().min(1).max(300) }), z.strictObject({ customerId: IdOf('customer') })]),
  response: z.object({ now: Iso, customer: TillCustomer.nullable(), voucherCode: z.string().nullable(), identifiers: z.array(Identifier), otherCustomers: z.number().int() }), errors: ['customer.unknown'],
  async read({ transaction, workspaceId, body }) {
    const now = iso(await readNow(transaction, workspaceId));
    if ('customerId' in body) return { now, customer: await readTillCustomer({ transaction, workspaceId }, body.customerId), voucherCode: null, identifiers: [], otherCustomers: 0 };
    const code = readVoucherCode(body.text);
    const [voucher] = code === null ? [] : await listVouchers(transaction, { customerId: null, code, offerKey: null, before: null, limit: 1 });
    if (voucher) return { now, customer: await readTillCustomer({ transaction, workspaceId }, voucher.customerId), voucherCode: voucher.code, identifiers: [], otherCustomers: 0 };
    const workspace = await findWorkspace(transaction, workspaceId);
    const identifiers = guessIdentifiers(body.text, workspace?.country ?? '');
    const named = await findByIdentifiers(transaction, identifiers);
    // A number of another system is typed by hand only, so it comes after all that can be scanned.
    const [first, ...others] = named.length > 0 ? named : await findByIdentifiers(transaction, [{ kind: 'externalId', value: body.text }]);
    return { now, customer: first === undefined ? null : await readTillCustomer({ transaction, workspaceId }, first), voucherCode: null, identifiers, otherCustomers: others.length };
  },
});

/** Where somebody was enrolled: the store that is named, else the only one that the caller acts for. Another's store counts for nobody who acts for some stores only. */
async function servingStores({ transaction, workspaceId }: Pick<InTransaction<unknown>, 'transaction' | 'workspaceId'>, storeIds: string[] | null, store: string | undefined): Promise<string[]> {
  if (store === undefined) return storeIds?.length === 1 ? storeIds : [];
  return (await listOpenStores(transaction, workspaceId)).filter(({ id, externalId }) => externalId === store && (storeIds?.includes(id) ?? true)).map(({ id }) => id);
}

const enrol = defineRoute({
  method: 'POST', path: '/till/enrol', noun: 'Till', summary: 'Enrol a customer at the counter, with what they said of being written to', scope: 'customers:write', forTills: 'identified', errors: ['customer.conflict'],
  description: 'Creates the customer, or changes the one that the identifiers name, and keeps each consent with the wording that was read out, in one transaction.',
  body: z.strictObject({
    identifiers: z.strictObject({ card: z.string().optional(), email: z.string().optional(), phone: z.string().optional() }), profile: ProfileChange.optional(),
    consent: z.strictObject({ channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length), wordingVersion: z.string().min(1).max(100) }).optional(), store: z.string().min(1).max(200).optional(),
  }),
  response: z.object({ customer: TillCustomer, created: z.boolean() }), status: 201,
  async write(input) {
    const { transaction, command, workspaceId, engine, afterCommit, storeIds, body: { identifiers, profile, consent, store } } = input;
    const workspace = await findWorkspace(transaction, workspaceId);
    const put = unwrap(await putCustomer(command, { identifiers, ...(profile && { profile }) }, workspace?.country ?? ''));
    const served = await servingStores(input, storeIds, store);
    await noteServed(transaction, workspaceId, served.map((storeId) => ({ customerId: put.customerId, storeId })));
    const at = await readNow(transaction, workspaceId);
    const said = consent?.channels.map((channel) => ({
      purpose: 'marketing' as const, channel, state: 'granted' as const, source: 'till', wordingVersion: consent.wordingVersion, at, proof: { actor: command.actor, ...(store && { store }) },
    })) ?? [];
    const events = put.events + (said.length > 0 ? await putConsents(command, put.customerId, said) : 0);
    if (events > 0) afterCommit(engine.hintRouters);
    return { status: put.created ? 201 : 200, body: { customer: await readTillCustomer(input, put.customerId), created: put.created } };
  },
});

export const tillRoutes = [open, lookUp, enrol];
