/** The pressure policy. */
import { getTranslations } from 'next-intl/server';
import { PressurePage } from '#components/pressure/pressure-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('pressure'))('title') });

export default function Page() {
  return <PressurePage />;
}
