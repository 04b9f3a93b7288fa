/** One import: what its columns stand for, how far it is, or what came of it. */
import { getTranslations } from 'next-intl/server';
import { ImportPage } from '#components/imports/import-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('imports'))('title') });

export default async function Import({ params }: { params: Promise<{ importId: string }> }) {
  return <ImportPage importId={(await params).importId} />;
}
