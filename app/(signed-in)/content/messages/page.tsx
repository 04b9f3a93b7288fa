/** All messages, with what became of them. */
import { getTranslations } from 'next-intl/server';
import { MessagesPage } from '#components/messages/messages-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('messages'))('title') });

export default function Page() {
  return <MessagesPage />;
}
