/** Imports: a file is brought in here, and those that were are found again. */
import { getTranslations } from 'next-intl/server';
import { ImportsPage } from '#components/imports/imports-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('imports'))('title') });

export default function Imports() {
  return <ImportsPage />;
}
