'use client';
/** The corner in which notices appear; `components/providers.tsx` loads it with the first notice. */
import { Notifications } from '@mantine/notifications';

export function NoticeCorner() {
  return <Notifications position="bottom-right" limit={4} />;
}
