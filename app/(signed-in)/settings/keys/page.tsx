/** Settings: keys. */
import { getTranslations } from 'next-intl/server';
import { ApiKeys } from '#components/settings/api-keys.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('settings'))('keys.title') });

export default function Page() {
  return <ApiKeys />;
}
