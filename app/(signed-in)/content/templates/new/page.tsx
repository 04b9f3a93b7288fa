/** A new template. */
import { getTranslations } from 'next-intl/server';
import { NewTemplatePage } from '#components/templates/template-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('templates'))('title') });

export default function Page() {
  return <NewTemplatePage />;
}
