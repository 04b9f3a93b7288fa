/** Which live workspace a sandbox promotes to, and what the caller may do there: a person by their role in it, a key by a second key, of live. */
import type { Transaction } from '#db/connection.ts';
import { findMembership } from '#db/queries/memberships.ts';
import { formatId } from '#domain/shared/ids.ts';
import { resolveApiKey } from '#engine/commands/resolve-api-key.ts';
import { ROLE_SCOPES, ROLES } from '#engine/commands/roles.ts';
import type { Scope } from '#engine/commands/scopes.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import type { LiveSide } from './plan-promotion.ts';

type Rights = { actor: string; scopes: readonly string[] };

async function hasTwoFactor(transaction: Transaction, userId: string | null): Promise<boolean> {
  const [row] = await transaction<{ enabled: boolean | null }[]>`select two_factor_enabled as enabled from auth_users where id = ${userId}`;
  return row?.enabled === true;
}

async function rightsOf(engine: Engine, transaction: Transaction, liveId: string, actor: string, liveKey: string | undefined): Promise<Rights | null> {
  if (liveKey !== undefined) {
    const key = await resolveApiKey(engine.database, liveKey);
    return key?.workspaceId === liveId ? { actor: `key:${formatId('apiKey', key.keyId)}`, scopes: key.scopes } : null;
  }
  const userId = actor.startsWith('user:') ? actor.slice('user:'.length) : null;
  const member = userId === null ? null : await findMembership(transaction, userId, liveId);
  // Whoever could not enter live does nothing there from its sandbox either.
  if (member?.requiresTwoFactor && !(await hasTwoFactor(transaction, userId))) return null;
  const role = ROLES.find((each) => each === member?.role);
  return role ? { actor, scopes: ROLE_SCOPES[role] } : null;
}

/** `needs` is what the caller must at least be allowed there. Nothing of live is told to whoever is not. */
export async function findLiveSide(engine: Engine, transaction: Transaction, { workspaceId, actor, liveKey, needs }: { workspaceId: string; actor: string; liveKey?: string | undefined; needs: Scope }): Promise<LiveSide> {
  const [workspace] = await transaction<{ kind: string; liveId: string | null }[]>`select kind, live_id as "liveId" from workspaces where id = ${workspaceId}`;
  if (workspace?.kind !== 'sandbox') throw new PermanentError('sandbox.only', 'Journeys are promoted from a sandbox to its live workspace.');
  if (workspace.liveId === null) throw new PermanentError('promotion.noLive', 'This brand has no live workspace yet: make it under Settings, Workspace.');
  const rights = await rightsOf(engine, transaction, workspace.liveId, actor, liveKey);
  if (!rights?.scopes.includes(needs)) {
    throw new PermanentError('promotion.noAccess', liveKey === undefined && !actor.startsWith('user:') ? `Send a key of the live workspace with ${needs} as liveKey.` : `This needs ${needs} in the live workspace of the brand.`);
  }
  return { workspaceId: workspace.liveId, ...rights };
}
