/** Settings: brand kit. */
import { getTranslations } from 'next-intl/server';
import { BrandPage } from '#components/brand/brand-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('brand'))('title') });

export default function Page() {
  return <BrandPage />;
}
