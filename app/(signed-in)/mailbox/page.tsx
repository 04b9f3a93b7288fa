/** What customers of a sandbox received. */
import { getTranslations } from 'next-intl/server';
import { MailboxPage } from '#components/mailbox/mailbox-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('mailbox'))('title') });

export default function Page() {
  return <MailboxPage />;
}
