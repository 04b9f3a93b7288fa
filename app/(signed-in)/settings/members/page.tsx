/** Settings: members. */
import { getTranslations } from 'next-intl/server';
import { Members } from '#components/settings/members.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('settings'))('members.title') });

export default function Page() {
  return <Members />;
}
