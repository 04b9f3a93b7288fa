/** One message and its reasons. */
import { getTranslations } from 'next-intl/server';
import { MessagePage } from '#components/messages/message-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('messages'))('title') });

export default async function Page({ params }: { params: Promise<{ messageId: string }> }) {
  return <MessagePage messageId={(await params).messageId} />;
}
