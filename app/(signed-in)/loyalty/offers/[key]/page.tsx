/** One offer with its vouchers. */
import { getTranslations } from 'next-intl/server';
import { OfferPage } from '#components/offers/offer-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('offers'))('title') });

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  return <OfferPage offerKey={(await params).key} />;
}
