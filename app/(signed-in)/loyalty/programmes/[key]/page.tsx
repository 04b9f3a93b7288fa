/** One loyalty programme. */
import { getTranslations } from 'next-intl/server';
import { ProgrammePage } from '#components/loyalty/programme-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('loyalty'))('title') });

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  return <ProgrammePage programmeKey={(await params).key} />;
}
