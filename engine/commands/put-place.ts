/** Commands: a place is made or changed, closed and opened again, and given another code, which makes every print of the last one worthless (§1.10). */
import { v4 as randomId, v7 as newId } from 'uuid';
import { findPlace } from '#db/queries/places.ts';
import type { PlaceInput } from '#domain/places/place.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

async function storeIdOf({ transaction }: CommandContext, store: string | undefined): Promise<string | null> {
  if (store === undefined) return null;
  const [row] = await transaction<{ id: string }[]>`select id from stores where external_id = ${store}`;
  if (!row) throw new PermanentError('store.unknown', `There is no store «${store}».`);
  return row.id;
}

/** Makes the place of this key, or changes it; its code and its visits stay. */
export async function putPlace(context: CommandContext, key: string, place: PlaceInput): Promise<{ created: boolean }> {
  const { transaction, workspaceId } = context;
  const storeId = await storeIdOf(context, place.store);
  const id = newId();
  const [row] = await transaction<{ id: string }[]>`
    insert into places (id, workspace_id, key, name, kind, store_id, latitude, longitude, radius_meters, invitation, asks_for, code_id)
    values (${id}, ${workspaceId}, ${key}, ${place.name}, ${place.kind}, ${storeId}, ${place.area?.latitude ?? null}, ${place.area?.longitude ?? null}, ${place.area?.radiusMeters ?? null},
            ${transaction.json(place.invitation)}, ${place.asksFor}, ${randomId()})
    on conflict (workspace_id, key) do update set name = excluded.name, kind = excluded.kind, store_id = excluded.store_id, latitude = excluded.latitude, longitude = excluded.longitude,
      radius_meters = excluded.radius_meters, invitation = excluded.invitation, asks_for = excluded.asks_for where places.kind <> 'join' returning id`;
  if (!row) throw new PermanentError('place.unknown', `«${key}» is the poster of a store: change it with the store.`);
  const created = row.id === id;
  await audit(context, { action: created ? 'place.create' : 'place.change', subject: key, after: place });
  return { created };
}

/** `close`: its code leads nowhere and devices are refused. `open`: the same code again. `renew`: another code. */
export async function changePlace(context: CommandContext, key: string, act: 'close' | 'open' | 'renew'): Promise<void> {
  const { transaction } = context;
  if (!(await findPlace(transaction, key))) throw new PermanentError('place.unknown', `There is no place «${key}».`);
  if (act === 'renew') await transaction`update places set code_id = ${randomId()} where key = ${key}`;
  else await transaction`update places set revoked_at = case when ${act === 'close'} then coalesce(revoked_at, clock_timestamp()) end where key = ${key}`;
  await audit(context, { action: `place.${act}`, subject: key });
}

/** Makes the poster with which one joins at a store, or puts it into use again; its code and who joined by it stay. */
export async function makePoster(context: CommandContext, key: string, store: { id: string; externalId: string; name: string }): Promise<void> {
  const { transaction, workspaceId } = context;
  await transaction`
    insert into places (id, workspace_id, key, name, kind, store_id, asks_for, code_id) values (${newId()}, ${workspaceId}, ${key}, ${store.name}, 'join', ${store.id}, ${['sms']}, ${randomId()})
    on conflict (workspace_id, key) do update set name = excluded.name, revoked_at = null`;
  await audit(context, { action: 'place.poster', subject: store.externalId });
}
