/** One simulation: how far it is, or what came of it. */
import { getTranslations } from 'next-intl/server';
import { SimulationPage } from '#components/simulations/simulation-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('simulate'))('one') });

export default async function Simulation({ params }: { params: Promise<{ simulationId: string }> }) {
  return <SimulationPage simulationId={(await params).simulationId} />;
}
