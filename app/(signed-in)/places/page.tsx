/** Places and their codes. */
import { getTranslations } from 'next-intl/server';
import { PlacesPage } from '#components/places/places-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('places'))('title') });

export default function Page() {
  return <PlacesPage />;
}
