/** Letters on their way to the post. */
import { getTranslations } from 'next-intl/server';
import { LettersPage } from '#components/letters/letters-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('letters'))('title') });

export default function Page() {
  return <LettersPage />;
}
