/** Settings: shops that post here. */
import { getTranslations } from 'next-intl/server';
import { ConnectorsPage } from '#components/webhooks/connectors-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('webhooks'))('connectors.title') });

export default function Page() {
  return <ConnectorsPage />;
}
