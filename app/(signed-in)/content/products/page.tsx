/** The catalogue. */
import { getTranslations } from 'next-intl/server';
import { ProductsPage } from '#components/products/products-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('products'))('title') });

export default function Page() {
  return <ProductsPage />;
}
