/** The frame of every signed-in page. Whoever is not signed in is led to the sign-in page and back. */
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { readPageSession } from '#app/api/auth/read-page-session.ts';
import { AppFrame, RAIL_COOKIE } from '#components/frame/app-frame.tsx';
import { SessionProvider } from '#components/session.tsx';

export const dynamic = 'force-dynamic';

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const asked = await headers();
  const session = await readPageSession(asked);
  if (!session) redirect(`/sign-in?to=${encodeURIComponent(asked.get('x-address') ?? '/')}`);
  const folded = (await cookies()).get(RAIL_COOKIE)?.value === 'folded';
  return <SessionProvider session={session}><AppFrame initiallyFolded={folded}>{children}</AppFrame></SessionProvider>;
}
