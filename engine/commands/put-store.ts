/** A command: opens or changes a store, by the merchant's own id of it. */
import { v7 as newId } from 'uuid';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';
import { planOpening } from './plan-opening.ts';

/** Days are `YYYY-MM-DD`; a store of a season has both. */
export type StoreInput = { externalId: string; name: string; city?: string | undefined; country: string; timeZone: string; opensOn?: string | undefined; closesOn?: string | undefined };

export async function putStore(context: CommandContext, store: StoreInput): Promise<{ storeId: string; created: boolean }> {
  const { transaction, workspaceId } = context;
  const id = newId();
  const [row] = await transaction<{ id: string }[]>`
    insert into stores (id, workspace_id, external_id, name, city, country, time_zone, opens_on, closes_on)
    values (${id}, ${workspaceId}, ${store.externalId}, ${store.name}, ${store.city ?? null}, ${store.country}, ${store.timeZone}, ${store.opensOn ?? null}::text::date, ${store.closesOn ?? null}::text::date)
    on conflict (workspace_id, external_id) do update set name = excluded.name, city = excluded.city, country = excluded.country, time_zone = excluded.time_zone,
      opens_on = excluded.opens_on, closes_on = excluded.closes_on returning id`;
  const storeId = row?.id ?? id;
  await audit(context, { action: storeId === id ? 'store.create' : 'store.change', subject: store.externalId, after: store });
  await planOpening(context, { storeId, ...store });
  await raiseEpoch(context);
  return { storeId, created: storeId === id };
}
