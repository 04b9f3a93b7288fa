/** The address of the server leads to the first place that the person may open. */
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readSession } from '#app/api/auth/read-session.ts';

export const dynamic = 'force-dynamic';

export default async function FirstPage() {
  const session = await readSession(await headers());
  if (!session) redirect('/sign-in');
  redirect(session.role !== 'merchant' && session.scopes.includes('journeys:read') ? '/journeys' : '/till');
}
