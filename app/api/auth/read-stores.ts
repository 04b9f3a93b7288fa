/** The stores that a merchant acts for. */
import { listStores } from '#db/queries/settings.ts';
import { formatId } from '#domain/shared/ids.ts';
import type { SessionCaller } from '#app/api/auth/read-session.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { webEngine } from '#temporal/web-engine.ts';

const MOST_STORES = 1_000;

export const readStoresOf = ({ workspaceId, userId, storeIds }: SessionCaller): Promise<{ id: string; externalId: string; name: string; city: string | null }[]> =>
  runInWorkspace(webEngine(), { workspaceId, actor: `user:${userId}` }, async ({ transaction }) => {
    const stores = await listStores(transaction, { after: null, limit: MOST_STORES });
    return stores.filter(({ id }) => storeIds.includes(id)).map(({ id, externalId, name, city }) => ({ id: formatId('store', id), externalId, name, city }));
  });
