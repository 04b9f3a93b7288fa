/** The way in. A demo offers its own sign-in. */
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { readDemoSignIn } from '#app/api/auth/read-demo-sign-in.ts';
import { readSession } from '#app/api/auth/read-session.ts';
import { SignInForm } from '#components/sign-in/sign-in-form.tsx';

export const dynamic = 'force-dynamic';

export const generateMetadata = async () => ({ title: (await getTranslations('signIn'))('title') });

/** Only a page of ours is led back to. */
const safe = (to: string | string[] | undefined): string => (typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/');

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const to = safe((await searchParams)['to']);
  if (await readSession(await headers())) redirect(to);
  return <SignInForm to={to} demo={readDemoSignIn()} />;
}
