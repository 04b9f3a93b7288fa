/** Where somebody is led whose workspace asks for two-factor sign-in and who has none. */
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { safeAddress } from '#app/api/auth/safe-address.ts';
import { readMemberships, readSession } from '#app/api/auth/read-session.ts';
import { TwoFactorAsked } from '#components/account/two-factor-asked.tsx';

export const dynamic = 'force-dynamic';

export const generateMetadata = async () => ({ title: (await getTranslations('account'))('asked.title') });

export default async function TwoFactorPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const to = safeAddress((await searchParams)['to']);
  const session = await readSession(await headers());
  if (!session) redirect('/sign-in');
  if (!session.needsTwoFactor) redirect(to);
  const here = (await readMemberships(session.userId)).find(({ workspaceId }) => workspaceId === session.workspaceId);
  return <TwoFactorAsked to={to} workspace={here?.workspaceName ?? ''} />;
}
