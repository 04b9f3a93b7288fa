/** The page behind the link of an invitation. */
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { readPerson } from '#app/api/auth/read-session.ts';
import { AcceptInvitation } from '#components/invitation/accept-invitation.tsx';
import { InvitationGone } from '#components/invitation/invitation-gone.tsx';
import { readInvitation } from '#engine/accept-invitation.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

/** The link is a secret: no page that is left for may hear of it. */
export const generateMetadata = async () => ({ title: (await getTranslations('invitation'))('pageTitle'), referrer: 'no-referrer' as const, robots: { index: false, follow: false } });

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invitation, person] = await Promise.all([readInvitation(webEngine(), token), readPerson(await headers())]);
  if (invitation === null) return <InvitationGone />;
  const { workspace, brand, email, role, known } = invitation;
  const step = person ? (person.email.toLowerCase() === email ? 'join' : 'otherPerson') : known ? 'signIn' : 'new';
  return <AcceptInvitation invitation={{ token, workspace, brand, email, role, step, signedInAs: person?.email ?? null }} />;
}
