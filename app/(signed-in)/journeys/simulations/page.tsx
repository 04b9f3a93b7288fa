/** Simulations: one is begun here, and those that were begun are found again. */
import { getTranslations } from 'next-intl/server';
import { SimulationsPage } from '#components/simulations/simulations-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('simulate'))('title') });

export default function Simulations() {
  return <SimulationsPage />;
}
