/** The list of customers. */
import { getTranslations } from 'next-intl/server';
import { CustomerList } from '#components/customers/customer-list.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('customers'))('title') });

export default function CustomersPage() {
  return <CustomerList />;
}
