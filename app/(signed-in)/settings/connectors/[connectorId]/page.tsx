/** Settings: one shop that posts here. */
import { getTranslations } from 'next-intl/server';
import { ConnectorPage } from '#components/webhooks/connector-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('webhooks'))('connectors.one') });

export default async function Page({ params }: { params: Promise<{ connectorId: string }> }) {
  return <ConnectorPage connectorId={(await params).connectorId} />;
}
