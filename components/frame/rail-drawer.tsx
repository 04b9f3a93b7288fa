'use client';
/** The rail as a drawer, for a narrow screen. */
import { Drawer } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Rail } from '#components/frame/rail.tsx';

export function RailDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('frame');
  return (
    <Drawer.Root opened={opened} onClose={onClose} size={260} padding={0} attributes={{ content: { 'aria-label': t('navigation') } }}>
      <Drawer.Overlay />
      <Drawer.Content><Drawer.Body h="100%"><Rail folded={false} onFold={onClose} onGo={onClose} /></Drawer.Body></Drawer.Content>
    </Drawer.Root>
  );
}
