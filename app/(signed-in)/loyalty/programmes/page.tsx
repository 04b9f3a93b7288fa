/** All loyalty programmes. */
import { getTranslations } from 'next-intl/server';
import { ProgrammesPage } from '#components/loyalty/programmes-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('loyalty'))('title') });

export default function Page() {
  return <ProgrammesPage />;
}
