/** Tasks of the staff and calls to make. */
import { getTranslations } from 'next-intl/server';
import { TasksPage } from '#components/tasks/tasks-page.tsx';

export const generateMetadata = async () => ({ title: (await getTranslations('tasks'))('title') });

export default function Page() {
  return <TasksPage />;
}
