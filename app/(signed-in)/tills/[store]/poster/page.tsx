/** The poster with which a passer-by joins at a store, to print. */
import { getTranslations } from 'next-intl/server';
import { JoiningPoster } from '#components/tills/joining-poster.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('tills.poster'))('title') });

export default async function Page({ params }: { params: Promise<{ store: string }> }) {
  return <JoiningPoster store={decodeURIComponent((await params).store)} />;
}
