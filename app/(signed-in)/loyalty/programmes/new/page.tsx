/** A new loyalty programme. */
import { getTranslations } from 'next-intl/server';
import { NewProgrammePage } from '#components/loyalty/programme-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('loyalty'))('title') });

export default function Page() {
  return <NewProgrammePage />;
}
