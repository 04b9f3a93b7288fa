/** One type of events: what they hold, learned and agreed. */
import { EventTypePage } from '#components/events/event-type-page.tsx';

export async function generateMetadata({ params }: { params: Promise<{ type: string }> }) {
  return { title: decodeURIComponent((await params).type) };
}

export default async function Page({ params }: { params: Promise<{ type: string }> }) {
  return <EventTypePage type={decodeURIComponent((await params).type)} />;
}
