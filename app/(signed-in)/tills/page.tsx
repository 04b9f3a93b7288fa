/** The tills of all stores, and who may stand at them. */
import { getTranslations } from 'next-intl/server';
import { TillsPage } from '#components/tills/tills-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('tills'))('title') });

export default function Page() {
  return <TillsPage />;
}
