/** Settings: secrets. */
import { getTranslations } from 'next-intl/server';
import { SecretsPage } from '#components/settings/secrets-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('settings'))('secrets.title') });

export default function Page() {
  return <SecretsPage />;
}
