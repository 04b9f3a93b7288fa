/** All offers. */
import { getTranslations } from 'next-intl/server';
import { OffersPage } from '#components/offers/offers-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('offers'))('title') });

export default function Page() {
  return <OffersPage />;
}
