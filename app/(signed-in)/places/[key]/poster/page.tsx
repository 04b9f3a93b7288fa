/** The poster of one place. */
import { getTranslations } from 'next-intl/server';
import { PosterPage } from '#components/places/poster-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('places.poster'))('title') });

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  return <PosterPage placeKey={(await params).key} />;
}
