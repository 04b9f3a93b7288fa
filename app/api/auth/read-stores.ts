/** The stores that a merchant acts for. */
import { listStores } from '#db/queries/settings.ts';
import { formatId } from '#domain/shared/ids.ts';
import type { SessionCaller } from '#app/api/auth/read-session.ts';
import { runCommand } from '#engine/run-command.ts';
import { webEngine } from '#temporal/web-engine.ts';

const MOST_STORES = 1_000;

export async function readStoresOf({ workspaceId, userId, storeIds }: SessionCaller): Promise<{ id: string; externalId: string; name: string; city: string | null }[]> {
  const { answer } = await runCommand(webEngine(), { workspaceId, actor: `user:${userId}` }, null, async ({ transaction }) => ({
    status: 200, body: (await listStores(transaction, { after: null, limit: MOST_STORES })).filter(({ id }) => storeIds.includes(id)).map(({ id, externalId, name, city }) => ({ id: formatId('store', id), externalId, name, city })),
  }));
  return answer.body as { id: string; externalId: string; name: string; city: string | null }[];
}
