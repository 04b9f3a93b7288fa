/** All templates. */
import { getTranslations } from 'next-intl/server';
import { TemplatesPage } from '#components/templates/templates-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('templates'))('title') });

export default function Page() {
  return <TemplatesPage />;
}
