/** Programmes, offers, rewards and vouchers. */
import { z } from 'zod';
import { listOffers, listProgrammes, listVouchers, readAccounts, type OfferRow, type ProgrammeRow, type VoucherRow } from '#db/queries/loyalty.ts';
import { findCustomer } from '#db/queries/customers.ts';
import { namesOf } from '#db/queries/messages.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { Offer } from '#domain/offers/offer.ts';
import { readVoucherCode } from '#domain/offers/voucher-code.ts';
import { formatId } from '#domain/shared/ids.ts';
import { putOffer } from '#engine/commands/put-offer.ts';
import { putProgramme } from '#engine/commands/put-programme.ts';
import { redeemReward } from '#engine/commands/redeem-reward.ts';
import { redeemVoucher } from '#engine/commands/redeem-voucher.ts';
import { releaseVoucher } from '#engine/commands/release-voucher.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, TEXT_KEY, UUID_KEY } from '#app/api/edge.ts';
import { ApiError, unwrap } from '#app/api/problem.ts';

const Key = z.string().min(1).max(60);
const keyParams = z.object({ key: Key });

/** The key stands in the address; a body that says another one is refused. */
function sameKey(inAddress: string, inBody: string): void {
  if (inAddress !== inBody) throw new ApiError('request.invalid', 'The key in the body is not the one in the address.', [{ code: 'key', message: `Write ${inAddress} here.`, path: ['body', 'key'] }]);
}

const OfferOut = z.object({ id: Id('offer'), offer: Offer, granted: z.number().int(), redeemed: z.number().int(), remainingStock: z.number().int().nullable(), updatedAt: Iso }).meta({ id: 'Offer' });
const toOffer = (row: OfferRow): z.input<typeof OfferOut> => ({
  id: formatId('offer', row.id), offer: row.definition, granted: row.granted, redeemed: row.redeemed, remainingStock: row.stockTotal === null ? null : row.stockTotal - row.granted, updatedAt: iso(row.updatedAt),
});

const OFFER = { key: 'ten-euros', name: { en: '€10 off', fr: '10 € offerts' }, benefit: { kind: 'amountOff', amountMinor: 1_000 }, validity: { days: 30 }, minimumSpendMinor: 2_000 };
const PROGRAMME = {
  key: 'points', name: { en: 'Points', fr: 'Points' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } },
  rewards: [{ key: 'ten-euros', name: { en: '€10 off' }, costPoints: 150, offerKey: 'ten-euros' }],
};

const putOfferRoute = defineRoute({
  method: 'PUT', path: '/offers/{key}', noun: 'Offers', summary: 'Create or replace an offer', scope: 'loyalty:write', params: keyParams, body: Offer, example: OFFER, response: OfferOut, errors: ['offer.stock'],
  async write({ command, transaction, params: { key }, body }) {
    sameKey(key, body.key);
    const { created } = await putOffer(command, body);
    const [row] = await listOffers(transaction, { after: null, key, limit: 1 });
    if (!row) throw new PermanentError('offer.unknown', 'There is no such offer.');
    return { status: created ? 201 : 200, body: toOffer(row) };
  },
});

const listOffersRoute = defineRoute({
  method: 'GET', path: '/offers', noun: 'Offers', summary: 'List offers by key', scope: 'loyalty:read', query: z.strictObject(pageQuery), response: PageOf(OfferOut),
  async read({ transaction, query: { limit, after } }) {
    const rows = await listOffers(transaction, { after: readCursor(after, [TEXT_KEY])?.[0] ?? null, key: null, limit: limit + 1 });
    return pageOf(rows, limit, ({ definition }) => [definition.key], toOffer);
  },
});

const getOffer = defineRoute({
  method: 'GET', path: '/offers/{key}', noun: 'Offers', summary: 'Read an offer with its figures', scope: 'loyalty:read', params: keyParams, response: OfferOut, errors: ['offer.unknown'],
  async read({ transaction, params: { key } }) {
    const [row] = await listOffers(transaction, { after: null, key, limit: 1 });
    if (!row) throw new PermanentError('offer.unknown', 'There is no such offer.');
    return toOffer(row);
  },
});

const VoucherOut = z.object({
  id: Id('voucher'), code: z.string(), offerKey: z.string(), customerId: Id('customer'), customerName: z.string().nullable(), status: z.enum(['issued', 'redeemed', 'revoked']), validFrom: Iso, validUntil: Iso.nullable(), issuedAt: Iso,
  redeemedAt: Iso.nullable(), orderId: z.string().nullable(),
}).meta({ id: 'Voucher' });
const toVoucher = (row: VoucherRow, names: Map<string, string>): z.input<typeof VoucherOut> => ({
  ...row, customerName: names.get(row.customerId) ?? null, id: formatId('voucher', row.id), customerId: formatId('customer', row.customerId), validFrom: iso(row.validFrom), validUntil: isoOrNull(row.validUntil), issuedAt: iso(row.issuedAt), redeemedAt: isoOrNull(row.redeemedAt),
});
const codeParams = z.object({ code: z.string().min(1).max(40) });

const vouchers = defineRoute({
  method: 'GET', path: '/vouchers', noun: 'Offers', summary: 'List vouchers, newest first', scope: 'loyalty:read', errors: ['customer.unknown'],
  query: z.strictObject({ ...pageQuery, customerId: IdOf('customer').optional(), offerKey: Key.optional() }), response: PageOf(VoucherOut),
  async read({ transaction, query: { limit, after, customerId, offerKey } }) {
    if (customerId && !(await findCustomer(transaction, customerId))) throw new PermanentError('customer.unknown', 'There is no such customer.');
    const rows = await listVouchers(transaction, { customerId: customerId ?? null, code: null, offerKey: offerKey ?? null, before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    const names = await namesOf(transaction, rows.map((row) => row.customerId));
    return pageOf(rows, limit, ({ id }) => [id], (row) => toVoucher(row, names));
  },
});

const getVoucher = defineRoute({
  method: 'GET', path: '/vouchers/{code}', noun: 'Offers', summary: 'Read a voucher by its code', scope: 'loyalty:read', params: codeParams, response: VoucherOut, errors: ['voucher.unknown'],
  async read({ transaction, params: { code } }) {
    const normal = readVoucherCode(code);
    const [row] = normal === null ? [] : await listVouchers(transaction, { customerId: null, code: normal, offerKey: null, before: null, limit: 1 });
    if (!row) throw new PermanentError('voucher.unknown', 'There is no voucher with this code.');
    return toVoucher(row, await namesOf(transaction, [row.customerId]));
  },
});

const redeem = defineRoute({
  method: 'POST', path: '/vouchers/{code}/redeem', noun: 'Offers', summary: 'Use a voucher on a purchase', scope: 'loyalty:redeem', forTills: 'identified', params: codeParams,
  description: 'Send an Idempotency-Key, so that a till that did not hear the answer can ask again.',
  example: { amountMinor: 4_590, orderId: '000123' },
  body: z.strictObject({ amountMinor: z.number().int().nonnegative(), orderId: z.string().min(1).max(200).optional() }),
  response: z.object({ voucherId: Id('voucher'), customerId: Id('customer'), status: z.enum(['issued', 'redeemed']), discountMinor: z.number().int(), gift: z.record(z.string(), z.string()).nullable() }),
  errors: ['voucher.unknown', 'voucher.redeemed', 'voucher.revoked', 'voucher.notStarted', 'voucher.expired', 'voucher.minimumSpend', 'idempotency.otherBody'],
  async write({ command, engine, params: { code }, body, afterCommit }) {
    const { voucherId, customerId, events, ...redemption } = unwrap(await redeemVoucher(command, code, body));
    if (events > 0) afterCommit(engine.hintRouters);
    return { body: { ...redemption, voucherId: formatId('voucher', voucherId), customerId: formatId('customer', customerId) } };
  },
});

const release = defineRoute({
  method: 'POST', path: '/vouchers/{code}/release', noun: 'Offers', summary: 'Give back a voucher whose sale was refused', scope: 'loyalty:redeem', forTills: 'identified', params: codeParams,
  description: 'Only the order that took it can give it back, and only when no purchase of that order was accepted; `released` says whether it was.',
  example: { orderId: '000123' },
  body: z.strictObject({ orderId: z.string().min(1).max(200) }),
  response: z.object({ released: z.boolean() }), errors: ['voucher.unknown', 'idempotency.otherBody'],
  async write({ command, params: { code }, body }) {
    return { body: await releaseVoucher(command, code, body.orderId) };
  },
});

const ProgrammeOut = z.object({ id: Id('programme'), revision: z.number().int(), programme: LoyaltyProgramme, updatedAt: Iso }).meta({ id: 'Programme' });
const toProgramme = (row: ProgrammeRow): z.input<typeof ProgrammeOut> => ({ id: formatId('programme', row.id), revision: row.revision, programme: row.definition, updatedAt: iso(row.updatedAt) });
const unknownProgramme = () => new PermanentError('programme.unknown', 'There is no such programme.');

const putProgrammeRoute = defineRoute({
  method: 'PUT', path: '/programmes/{key}', noun: 'Programmes', summary: 'Create or replace a loyalty programme', scope: 'loyalty:write', params: keyParams,
  query: z.strictObject({ revision: z.coerce.number().int().min(0).optional().meta({ description: 'Replace this revision only; 0 means: create.' }) }),
  body: LoyaltyProgramme, example: PROGRAMME, response: ProgrammeOut, errors: ['programme.revision'],
  async write({ command, transaction, params: { key }, query, body }) {
    sameKey(key, body.key);
    const { created } = unwrap(await putProgramme(command, body, query.revision));
    const [row] = await listProgrammes(transaction, { after: null, key, limit: 1 });
    if (!row) throw unknownProgramme();
    return { status: created ? 201 : 200, body: toProgramme(row) };
  },
});

const listProgrammesRoute = defineRoute({
  method: 'GET', path: '/programmes', noun: 'Programmes', summary: 'List loyalty programmes by key', scope: 'loyalty:read', query: z.strictObject(pageQuery), response: PageOf(ProgrammeOut),
  async read({ transaction, query: { limit, after } }) {
    const rows = await listProgrammes(transaction, { after: readCursor(after, [TEXT_KEY])?.[0] ?? null, key: null, limit: limit + 1 });
    return pageOf(rows, limit, ({ definition }) => [definition.key], toProgramme);
  },
});

const getProgramme = defineRoute({
  method: 'GET', path: '/programmes/{key}', noun: 'Programmes', summary: 'Read a loyalty programme', scope: 'loyalty:read', params: keyParams, response: ProgrammeOut, errors: ['programme.unknown'],
  async read({ transaction, params: { key } }) {
    const [row] = await listProgrammes(transaction, { after: null, key, limit: 1 });
    if (!row) throw unknownProgramme();
    return toProgramme(row);
  },
});

const figures = defineRoute({
  method: 'GET', path: '/programmes/{key}/figures', noun: 'Programmes', summary: 'Read what was issued, spent and is held in a programme, by the ledger and by the balances', scope: 'loyalty:read', params: keyParams, errors: ['programme.unknown'],
  description: 'Every movement has two sides, so the accounts of the ledger sum to zero, and what customers hold is the same by the ledger and by their balances.',
  response: z.object({ accounts: z.array(z.object({ account: z.string(), ledger: z.number().int(), balances: z.number().int(), customers: z.number().int() })) }),
  async read({ transaction, workspaceId, params: { key } }) {
    const [row] = await listProgrammes(transaction, { after: null, key, limit: 1 });
    if (!row) throw unknownProgramme();
    return { accounts: await readAccounts(transaction, workspaceId, key) };
  },
});

const reward = defineRoute({
  method: 'POST', path: '/programmes/{key}/rewards/{rewardKey}/redeem', noun: 'Programmes', summary: 'Take a reward: points become a voucher', scope: 'loyalty:redeem', forTills: 'identified',
  params: z.object({ key: Key, rewardKey: Key }), body: z.strictObject({ customerId: IdOf('customer') }),
  response: z.object({ rewardKey: z.string(), costPoints: z.number().int(), balance: z.number().int(), voucher: z.object({ id: Id('voucher'), code: z.string(), offerKey: z.string(), validFrom: Iso, validUntil: Iso }) }),
  errors: ['programme.unknown', 'reward.unknown', 'customer.unknown', 'reward.missingPoints', 'offer.outOfStock', 'offer.customerLimit', 'offer.ended', 'idempotency.otherBody'],
  async write({ command, engine, params: { key, rewardKey }, body: { customerId }, afterCommit }) {
    const { events, voucher, ...redeemed } = unwrap(await redeemReward(command, { programmeKey: key, rewardKey, customerId }));
    if (events > 0) afterCommit(engine.hintRouters);
    return { body: { ...redeemed, voucher: { ...voucher, id: formatId('voucher', voucher.id), validFrom: iso(voucher.validFrom), validUntil: iso(voucher.validUntil) } } };
  },
});

export const loyaltyRoutes = [putProgrammeRoute, listProgrammesRoute, getProgramme, figures, reward, putOfferRoute, listOffersRoute, getOffer, vouchers, getVoucher, redeem, release];
