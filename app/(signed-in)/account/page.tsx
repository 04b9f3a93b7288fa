/** One's own account. */
import { getAuthenticatorName } from '@better-auth/passkey';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { readPerson } from '#app/api/auth/read-session.ts';
import { placeOfPasskeys } from '#app/api/auth/place-of-passkeys.ts';
import { AccountPage } from '#components/account/account-page.tsx';
import { countRecoveryCodes, listPasskeyRows } from '#db/queries/sign-in.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const generateMetadata = async () => ({ title: (await getTranslations('account'))('title') });

export default async function Page() {
  const asked = await headers();
  const person = await readPerson(asked);
  if (!person) redirect('/sign-in?to=%2Faccount');
  const { database } = webEngine();
  const passkeys = await listPasskeyRows(database, person.userId);
  return (
    <AccountPage
      codesLeft={person.twoFactor ? await countRecoveryCodes(database, person.userId) : null}
      passkeys={passkeys.map(({ id, name, aaguid, createdAt }) => ({ id, name, keeper: getAuthenticatorName(aaguid) ?? null, createdAt: createdAt?.toISOString() ?? null }))}
      elsewhere={placeOfPasskeys(asked, '/account')}
    />
  );
}
