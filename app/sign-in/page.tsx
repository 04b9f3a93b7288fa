/** The way in. A demo offers its own sign-in. */
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { placeOfPasskeys } from '#app/api/auth/place-of-passkeys.ts';
import { readDemoSignIn } from '#app/api/auth/read-demo-sign-in.ts';
import { readSession } from '#app/api/auth/read-session.ts';
import { safeAddress } from '#app/api/auth/safe-address.ts';
import { SignInForm } from '#components/sign-in/sign-in-form.tsx';

export const dynamic = 'force-dynamic';

export const generateMetadata = async () => ({ title: (await getTranslations('signIn'))('title') });

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const to = safeAddress((await searchParams)['to']);
  const asked = await headers();
  if (await readSession(asked)) redirect(to);
  return <SignInForm to={to} demo={readDemoSignIn()} passkeysHere={placeOfPasskeys(asked, '/sign-in') === null} />;
}
