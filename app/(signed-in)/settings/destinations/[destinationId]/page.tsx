/** Settings: one destination of webhooks. */
import { getTranslations } from 'next-intl/server';
import { DestinationPage } from '#components/webhooks/destination-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('webhooks'))('destinations.one') });

export default async function Page({ params }: { params: Promise<{ destinationId: string }> }) {
  return <DestinationPage destinationId={(await params).destinationId} />;
}
