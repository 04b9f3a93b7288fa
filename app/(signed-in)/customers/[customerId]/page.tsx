/** One customer. The title names nobody: it stands in the browser's history. */
import { getTranslations } from 'next-intl/server';
import { CustomerCard } from '#components/customers/customer-card.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('customers'))('one') });

export default async function CustomerPage({ params }: { params: Promise<{ customerId: string }> }) {
  return <CustomerCard customerId={(await params).customerId} />;
}
