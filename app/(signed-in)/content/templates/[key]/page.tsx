/** One template. */
import { getTranslations } from 'next-intl/server';
import { TemplatePage } from '#components/templates/template-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('templates'))('title') });

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  return <TemplatePage templateKey={(await params).key} />;
}
