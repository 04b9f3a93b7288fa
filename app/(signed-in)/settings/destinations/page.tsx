/** Settings: where webhooks go. */
import { getTranslations } from 'next-intl/server';
import { DestinationsPage } from '#components/webhooks/destinations-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('webhooks'))('destinations.title') });

export default function Page() {
  return <DestinationsPage />;
}
