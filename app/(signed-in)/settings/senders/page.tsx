/** Settings: senders. */
import { getTranslations } from 'next-intl/server';
import { SendersPage } from '#components/settings/senders-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('settings'))('senders.title') });

export default function Page() {
  return <SendersPage />;
}
