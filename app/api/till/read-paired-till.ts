/** The till that a device is, as the components of its page are told; null when it is none. */
import { findWorkspaceRow } from '#db/queries/memberships.ts';
import { listStoresOfTills } from '#db/queries/tills.ts';
import { formatId } from '#domain/shared/ids.ts';
import type { Session } from '#components/session.tsx';
import { TILL_SCOPES } from '#engine/commands/roles.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { resolveTill } from '#engine/tills/resolve-till.ts';
import { cookieOf } from '#app/api/authenticate.ts';
import { webEngine } from '#temporal/web-engine.ts';

/** `wasTill`: the device has a token that is good for nothing any more. */
export type PairedDevice = { session: Session | null; wasTill: boolean };

export async function readPairedTill(asked: Headers, hasAccount: boolean): Promise<PairedDevice> {
  const token = cookieOf(asked);
  const engine = webEngine();
  const till = token ? await resolveTill(engine, token, null) : null;
  if (!till) return { session: null, wasTill: Boolean(token) };
  const { workspaceId, storeId, tillId, name } = till;
  const id = formatId('till', tillId);
  return runInWorkspace(engine, { workspaceId, actor: `till:${id}` }, async ({ transaction }) => {
    const [workspace, [store]] = [await findWorkspaceRow(transaction, workspaceId), await listStoresOfTills(transaction, [storeId])];
    if (!workspace || !store) return { session: null, wasTill: true };
    const session: Session = {
      user: { id, name, email: '' }, workspaces: [], role: 'till', scopes: TILL_SCOPES, stores: [{ ...store, id: formatId('store', store.id) }],
      workspace: { ...workspace, id: formatId('workspace', workspaceId), name: workspace.workspaceName, liveId: null }, till: { id, name, storeName: store.name, hasAccount },
    };
    return { session, wasTill: false };
  });
}
