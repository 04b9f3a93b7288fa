/** The till, for whoever stands at a counter. */
import { getTranslations } from 'next-intl/server';
import { TillPage } from '#components/till/till-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('till'))('title') });

export default function Page() {
  return <TillPage />;
}
