/** All stores. */
import { getTranslations } from 'next-intl/server';
import { StoresPage } from '#components/stores/stores-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('stores'))('title') });

export default function Page() {
  return <StoresPage />;
}
