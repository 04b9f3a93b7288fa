/** The poster of each store with which a passer-by joins by phone (`/j/…`): made, drawn, given another code, taken out of use. */
import { toString as drawCode } from 'qrcode';
import { z } from 'zod';
import { findPlace, type PlaceLine } from '#db/queries/places.ts';
import { listStoresOfTills } from '#db/queries/tills.ts';
import { changePlace, makePoster } from '#engine/commands/put-place.ts';
import { posterKeyOf } from '#engine/join-store.ts';
import { placeUrl } from '#engine/open-place.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Iso, isoOrNull } from '#app/api/edge.ts';

const params = z.object({ externalId: z.string().min(1).max(200) });
const PosterOut = z.object({
  store: z.string(), storeName: z.string(), url: z.string().meta({ description: 'Where its code leads. Signed: nobody can guess it.' }), svg: z.string().meta({ description: 'The code as SVG, with the quiet zone that readers need.' }),
  joined: z.number().int().meta({ description: 'Customers who joined by it.' }), closedAt: Iso.nullable(),
}).meta({ id: 'JoiningPoster' });

type Input = Pick<InTransaction<{ params: z.output<typeof params> }>, 'transaction' | 'storeIds' | 'params' | 'engine'>;

async function storeOf({ transaction, storeIds, params: { externalId } }: Pick<Input, 'transaction' | 'storeIds' | 'params'>): Promise<{ id: string; externalId: string; name: string }> {
  const found = (await listStoresOfTills(transaction, storeIds)).find((store) => store.externalId === externalId);
  if (!found) throw new PermanentError('store.unknown', `There is no store «${externalId}» among yours.`);
  return found;
}

async function posterOf(input: Input): Promise<{ key: string; row: PlaceLine }> {
  const key = posterKeyOf((await storeOf(input)).id);
  const row = await findPlace(input.transaction, key);
  if (!row) throw new PermanentError('place.unknown', 'This store has no poster yet: PUT it first.');
  return { key, row };
}

async function answer(input: Input): Promise<z.input<typeof PosterOut>> {
  const { row } = await posterOf(input);
  const url = placeUrl(input.engine, row);
  return { store: input.params.externalId, storeName: row.storeName ?? row.name, url, svg: await drawCode(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }), joined: row.visitors, closedAt: isoOrNull(row.revokedAt) };
}

const get = defineRoute({
  method: 'GET', path: '/stores/{externalId}/poster', noun: 'Tills', summary: 'Read the joining poster of a store', scope: 'tills:read', params, response: PosterOut, errors: ['store.unknown', 'place.unknown'],
  read: answer,
});

const put = defineRoute({
  method: 'PUT', path: '/stores/{externalId}/poster', noun: 'Tills', summary: 'Make the joining poster of a store, or put it into use again', scope: 'tills:write', params, body: z.strictObject({}), response: PosterOut, errors: ['store.unknown'],
  description: 'Whoever scans it gives a mobile number and, if they like, a first name and their consent to be written to by SMS. They are known from then on and attached to the store; the event `store.joined`, with `store`, `storeName` and `agreed`, can begin a welcome. It comes once per customer and store.',
  async write(input) {
    await makePoster(input.command, posterKeyOf((await storeOf(input)).id), await storeOf(input));
    return { body: await answer(input) };
  },
});

const act = (name: 'renew' | 'close', summary: string) => defineRoute({
  method: 'POST', path: `/stores/{externalId}/poster/${name}`, noun: 'Tills', summary, scope: 'tills:write', params, body: z.strictObject({}), response: PosterOut, errors: ['store.unknown', 'place.unknown'],
  async write(input) {
    await changePlace(input.command, (await posterOf(input)).key, name);
    return { body: await answer(input) };
  },
});

export const posterRoutes = [get, put, act('renew', 'Give the poster another code: every print of the last one is worthless'), act('close', 'Take the poster out of use')];
