/** The canvas of one journey. */
import { getTranslations } from 'next-intl/server';
import { Designer } from '#components/canvas/designer.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('canvas'))('header.canvasView') });

export default async function JourneyPage({ params }: { params: Promise<{ id: string }> }) {
  return <Designer journeyId={(await params).id} />;
}
