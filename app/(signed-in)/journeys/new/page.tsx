/** The beginning of a journey. */
import { getTranslations } from 'next-intl/server';
import { NewJourney } from '#components/journeys/new-journey.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('journeys'))('create.title') });

export default function NewJourneyPage() {
  return <NewJourney />;
}
