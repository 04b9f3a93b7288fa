/** The image library. */
import { getTranslations } from 'next-intl/server';
import { ImagesPage } from '#components/images/images-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('images'))('title') });

export default function Page() {
  return <ImagesPage />;
}
