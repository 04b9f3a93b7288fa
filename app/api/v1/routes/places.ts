/** Places and QR codes (§1.10): made, listed, closed, given another code, drawn as a code to print, and visited; and the consent to be located. */
import { toString as drawCode } from 'qrcode';
import { z } from 'zod';
import { findCustomer } from '#db/queries/customers.ts';
import { findPlace, listPlaces, readLocationConsent, type PlaceLine } from '#db/queries/places.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { IDENTIFIER_KINDS, normaliseIdentifier } from '#domain/customers/identifiers.ts';
import { ALL_PLACE_KINDS, Area, PlaceInput, PositionIn } from '#domain/places/place.ts';
import { formatId } from '#domain/shared/ids.ts';
import { putLocationConsent } from '#engine/commands/put-location-consent.ts';
import { changePlace, putPlace } from '#engine/commands/put-place.ts';
import { placeUrl } from '#engine/open-place.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { recordVisit } from '#engine/record-visit.ts';
import type { Engine } from '#engine/engine.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, TEXT_KEY } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const count = z.number().int();
const PlaceOut = z.object({
  id: Id('place'), key: z.string(), name: z.string(), kind: z.enum(ALL_PLACE_KINDS), store: z.string().nullable().meta({ description: 'The store’s own reference.' }), storeName: z.string().nullable(), area: Area.nullable(),
  invitation: z.record(z.string(), z.string()), asksFor: z.array(z.enum(CHANNELS)), url: z.string().meta({ description: 'Where its printed code leads. Signed: nobody can guess it.' }), createdAt: Iso, closedAt: Iso.nullable(),
  visits: count, visitors: count.meta({ description: 'Customers who came at least once.' }),
}).meta({ id: 'Place' });

const toPlace = (engine: Engine, { id, codeId, createdAt, revokedAt, storeId: _, ...row }: PlaceLine): z.input<typeof PlaceOut> =>
  ({ ...row, id: formatId('place', id), url: placeUrl(engine, { codeId, kind: row.kind }), createdAt: iso(createdAt), closedAt: isoOrNull(revokedAt) });

const params = z.object({ placeKey: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/) });
const unknown = () => new PermanentError('place.unknown', 'There is no such place.');

async function found({ transaction, params: { placeKey } }: Pick<InTransaction<{ params: z.output<typeof params> }>, 'transaction' | 'params'>): Promise<PlaceLine> {
  const row = await findPlace(transaction, placeKey);
  if (!row) throw unknown();
  return row;
}

const list = defineRoute({
  method: 'GET', path: '/places', noun: 'Places', summary: 'List places and how often each was visited', scope: 'places:read', query: z.strictObject(pageQuery), response: PageOf(PlaceOut),
  async read({ transaction, engine, query: { limit, after } }) {
    const rows = await listPlaces(transaction, { after: readCursor(after, [TEXT_KEY])?.[0] ?? null, limit: limit + 1 });
    return pageOf(rows, limit, ({ key }) => [key], (row) => toPlace(engine, row));
  },
});

const get = defineRoute({
  method: 'GET', path: '/places/{placeKey}', noun: 'Places', summary: 'Read a place', scope: 'places:read', params, response: PlaceOut, errors: ['place.unknown'],
  async read(input) {
    return toPlace(input.engine, await found(input));
  },
});

const put = defineRoute({
  method: 'PUT', path: '/places/{placeKey}', noun: 'Places', summary: 'Make or change a place', scope: 'places:write', params, body: PlaceInput,
  description: 'A visit there is the event `place.visited` of the customer, with `place`, `placeName`, `placeKind` and `store`, and begins journeys as every event does. Its code stays when the place is changed.',
  example: { name: 'Shop window, Lyon', kind: 'qr', store: 'lyon', invitation: { en: 'Scan, and your next visit is worth double.', fr: 'Scannez : votre prochaine visite compte double.' }, asksFor: ['email'] },
  response: PlaceOut, errors: ['store.unknown'],
  async write(input) {
    const { created } = await putPlace(input.command, input.params.placeKey, input.body);
    return { status: created ? 201 : 200, body: toPlace(input.engine, await found(input)) };
  },
});

const act = (name: 'close' | 'open' | 'renew', summary: string, description: string) => defineRoute({
  method: 'POST', path: `/places/{placeKey}/${name}`, noun: 'Places', summary, description, scope: 'places:write', params, response: PlaceOut, errors: ['place.unknown'],
  async write(input) {
    await changePlace(input.command, input.params.placeKey, name);
    return { body: toPlace(input.engine, await found(input)) };
  },
});

const code = defineRoute({
  method: 'GET', path: '/places/{placeKey}/code', noun: 'Places', summary: 'Draw the code of a place, to be printed', scope: 'places:read', params, errors: ['place.unknown'],
  description: 'A QR code of error correction M, as SVG with the quiet zone that readers need.', response: z.object({ url: z.string(), svg: z.string() }),
  async read(input) {
    const url = placeUrl(input.engine, await found(input));
    return { url, svg: await drawCode(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }) };
  },
});

const Visitor = z.strictObject({ id: IdOf('customer').optional(), card: z.string().optional(), externalId: z.string().optional(), email: z.string().optional(), phone: z.string().optional() })
  .refine((visitor) => Object.values(visitor).some((value) => value !== undefined), 'Name the customer: by id, card, externalId, email or phone.');

const visit = defineRoute({
  method: 'POST', path: '/places/{placeKey}/visits', noun: 'Places', summary: 'Tell that a customer is at a place', scope: 'events:write', status: 202, params,
  description: 'For an app or a device. With a position, the customer must have consented to be located (`PUT /customers/{customerId}/location-consent`) and be inside the area of the place; it is looked at and kept nowhere. '
    + 'A second visit of the same customer at the same place within ten minutes is the same visit: it answers `counted: false` and enters nothing.',
  body: z.strictObject({ customer: Visitor, position: PositionIn.optional() }), example: { customer: { card: '2000 0017' }, position: { latitude: 45.7578, longitude: 4.832 } },
  response: z.object({ customerId: Id('customer'), counted: z.boolean() }), errors: ['place.unknown', 'place.closed', 'customer.unknown', 'location.noConsent', 'location.outside'],
  async write(input) {
    const { transaction, workspaceId, engine, afterCommit, body } = input;
    const { id, ...texts } = body.customer;
    const country = (await findWorkspace(transaction, workspaceId))?.country ?? 'FR';
    const identifiers = IDENTIFIER_KINDS.flatMap((kind) => { const text = texts[kind]; return text === undefined ? [] : [{ kind, value: unwrap(normaliseIdentifier(kind, text, country)) }]; });
    const done = await recordVisit(transaction, workspaceId, { place: await found(input), customerId: id ?? null, identifiers, position: body.position ?? null, agreedTo: [] });
    if (done.events > 0) afterCommit(engine.hintRouters);
    return { status: 202, body: { customerId: formatId('customer', done.customerId), counted: done.counted } };
  },
});

const ofCustomer = z.object({ customerId: IdOf('customer') });
const LocationOut = z.object({ state: z.enum(['granted', 'denied', 'unsaid']), source: z.string().nullable(), at: Iso.nullable() }).meta({ id: 'LocationConsent' });
const readLocation = async ({ transaction }: Pick<InTransaction<unknown>, 'transaction'>, customerId: string): Promise<z.input<typeof LocationOut>> => {
  const said = await readLocationConsent(transaction, customerId);
  return said ? { state: said.state, source: said.source, at: iso(said.at) } : { state: 'unsaid', source: null, at: null };
};

const getLocation = defineRoute({
  method: 'GET', path: '/customers/{customerId}/location-consent', noun: 'Customers', summary: 'Read whether a customer may be located', scope: 'customers:read', params: ofCustomer, response: LocationOut, errors: ['customer.unknown'],
  async read(input) {
    if (!(await findCustomer(input.transaction, input.params.customerId))) throw new PermanentError('customer.unknown', 'There is no such customer.');
    return readLocation(input, input.params.customerId);
  },
});

const putLocation = defineRoute({
  method: 'PUT', path: '/customers/{customerId}/location-consent', noun: 'Customers', summary: 'Keep what a customer said of being located', scope: 'customers:write', params: ofCustomer, response: LocationOut, errors: ['customer.unknown'],
  description: 'A consent of its own: consent to messages does not hold for it, and saying nothing is no. Kept with its source, wording and proof.',
  body: z.strictObject({ state: z.enum(['granted', 'denied']), source: z.string().min(1).max(100), wordingVersion: z.string().max(100).optional(), proof: z.record(z.string(), z.unknown()).optional() }),
  example: { state: 'granted', source: 'app', wordingVersion: '2026-03' },
  async write(input) {
    const { command, engine, afterCommit, params: { customerId }, body } = input;
    if ((await putLocationConsent(command, customerId, body)) > 0) afterCommit(engine.hintRouters);
    return { body: await readLocation(input, customerId) };
  },
});

export const placeRoutes = [
  list, get, put, act('close', 'Close a place', 'Its code leads nowhere, and devices are refused.'), act('open', 'Open a place again', 'The same code leads to it again.'),
  act('renew', 'Give a place another code', 'What was printed of the last one leads nowhere from now on.'), code, visit, getLocation, putLocation,
];
