/** A new offer. */
import { getTranslations } from 'next-intl/server';
import { NewOfferPage } from '#components/offers/offer-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('offers'))('title') });

export default function Page() {
  return <NewOfferPage />;
}
