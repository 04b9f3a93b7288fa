/** The events of the workspace. */
import { getTranslations } from 'next-intl/server';
import { EventsPage } from '#components/events/events-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('events'))('title') });

export default function Page() {
  return <EventsPage />;
}
