/** Settings: the log of changes. */
import { getTranslations } from 'next-intl/server';
import { AuditPage } from '#components/settings/audit-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('settings'))('audit.title') });

export default function Page() {
  return <AuditPage />;
}
