/** The frame of every signed-in page. Whoever is not signed in is led to the sign-in page and back. */
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { formatId } from '#domain/shared/ids.ts';
import { readMemberships, readSession } from '#app/api/auth/read-session.ts';
import { readStoresOf } from '#app/api/auth/read-stores.ts';
import { AppFrame, RAIL_COOKIE } from '#components/frame/app-frame.tsx';
import { SessionProvider, type Session } from '#components/session.tsx';

export const dynamic = 'force-dynamic';

const liveIdOf = ({ liveId }: { liveId: string | null }): string | null => (liveId === null ? null : formatId('workspace', liveId));

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const asked = await headers();
  const caller = await readSession(asked);
  const memberships = caller ? await readMemberships(caller.userId) : [];
  const here = memberships.find(({ workspaceId }) => workspaceId === caller?.workspaceId);
  if (!caller || !here) redirect(`/sign-in?to=${encodeURIComponent(asked.get('x-address') ?? '/')}`);
  if (caller.needsTwoFactor) redirect(`/two-factor?to=${encodeURIComponent(asked.get('x-address') ?? '/')}`);
  const session: Session = {
    user: { id: caller.userId, name: caller.name, email: caller.email },
    workspace: { ...here, id: formatId('workspace', here.workspaceId), name: here.workspaceName, liveId: liveIdOf(here) },
    workspaces: memberships.map((one) => ({ id: formatId('workspace', one.workspaceId), name: one.workspaceName, brand: one.brand, kind: one.kind, liveId: liveIdOf(one), role: one.role })),
    role: caller.role,
    scopes: caller.scopes,
    stores: caller.role === 'merchant' ? await readStoresOf(caller) : null,
  };
  const folded = (await cookies()).get(RAIL_COOKIE)?.value === 'folded';
  return <SessionProvider session={session}><AppFrame initiallyFolded={folded}>{children}</AppFrame></SessionProvider>;
}
