/** The list of journeys. */
import { getTranslations } from 'next-intl/server';
import { JourneyList } from '#components/journeys/journey-list.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('journeys'))('title') });

export default function JourneysPage() {
  return <JourneyList />;
}
