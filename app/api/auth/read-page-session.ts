/** Who is signed in and where, as the components of a page are told; null when nobody is, or the person belongs to no workspace. Whoever still owes a second factor is led there. */
import { redirect } from 'next/navigation';
import { formatId } from '#domain/shared/ids.ts';
import type { Session } from '#components/session.tsx';
import { readMemberships, readSession } from '#app/api/auth/read-session.ts';
import { readStoresOf } from '#app/api/auth/read-stores.ts';

const liveIdOf = ({ liveId }: { liveId: string | null }): string | null => (liveId === null ? null : formatId('workspace', liveId));

export async function readPageSession(asked: Headers): Promise<Session | null> {
  const caller = await readSession(asked);
  const memberships = caller ? await readMemberships(caller.userId) : [];
  const here = memberships.find(({ workspaceId }) => workspaceId === caller?.workspaceId);
  if (!caller || !here) return null;
  if (caller.needsTwoFactor) redirect(`/two-factor?to=${encodeURIComponent(asked.get('x-address') ?? '/')}`);
  return {
    user: { id: caller.userId, name: caller.name, email: caller.email },
    workspace: { ...here, id: formatId('workspace', here.workspaceId), name: here.workspaceName, liveId: liveIdOf(here) },
    workspaces: memberships.map((one) => ({ id: formatId('workspace', one.workspaceId), name: one.workspaceName, brand: one.brand, kind: one.kind, liveId: liveIdOf(one), role: one.role })),
    role: caller.role,
    scopes: caller.scopes,
    stores: caller.role === 'merchant' ? await readStoresOf(caller) : null,
  };
}
