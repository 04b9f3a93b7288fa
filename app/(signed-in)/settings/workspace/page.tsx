/** Settings: workspace. */
import { getTranslations } from 'next-intl/server';
import { WorkspaceSettings } from '#components/settings/workspace-settings.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('settings'))('workspace.title') });

export default function Page() {
  return <WorkspaceSettings />;
}
