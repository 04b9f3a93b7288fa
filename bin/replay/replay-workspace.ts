/** The workspace of a replay: found by its name or made, in dollars, with one point per whole dollar; and a key to its API for the time of the replay. */
import { v7 as newId } from 'uuid';
import { ONE_POINT_PER_DOLLAR } from '#bin/replay/read-purchases.ts';
import { inWorkspace, type Database } from '#db/connection.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { revokeApiKey } from '#engine/commands/revoke-api-key.ts';

export type ReplayWorkspace = { workspaceId: string; apiKey: string; close: () => Promise<void> };

const ACTOR = 'command:replay';

async function findOrMake(database: Database, slug: string): Promise<string> {
  const [found] = await database<{ id: string | null }[]>`select resolve_workspace(${slug}) as id`;
  if (found?.id) return found.id;
  const workspaceId = await createWorkspace(database, {
    slug, name: slug, brand: 'CDNOW', kind: 'sandbox', currency: 'USD', timeZone: 'America/New_York', country: 'US', language: 'en',
  });
  await inWorkspace(database, workspaceId, async (transaction) => {
    await transaction`insert into programmes (id, workspace_id, key, definition, updated_at) values (${newId()}, ${workspaceId}, ${ONE_POINT_PER_DOLLAR.key}, ${transaction.json(ONE_POINT_PER_DOLLAR)}, workspace_now(${workspaceId}))`;
    await transaction`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspaceId}`;
  });
  return workspaceId;
}

/** `close` revokes the key again. A workspace of this name that counts in another currency is refused. */
export async function openReplayWorkspace(database: Database, slug: string): Promise<ReplayWorkspace> {
  const workspaceId = await findOrMake(database, slug);
  const { key, id } = await inWorkspace(database, workspaceId, async (transaction) => {
    const [row] = await transaction<{ currency: string }[]>`select currency from workspaces`;
    if (row?.currency !== 'USD') throw new Error(`The workspace ${slug} counts in ${row?.currency}, and these purchases are in USD: name another with --workspace.`);
    return createApiKey({ transaction, workspaceId, actor: ACTOR }, { name: 'replay', scopes: ['events:write'] });
  });
  return {
    workspaceId,
    apiKey: key,
    close: () => inWorkspace(database, workspaceId, (transaction) => revokeApiKey({ transaction, workspaceId, actor: ACTOR }, id)),
  };
}
