'use client';
/** The frame around every signed-in page: rail (a drawer on a narrow screen), header, and the page itself. */
import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { FrameHeader } from '#components/frame/frame-header.tsx';
import classes from '#components/frame/frame.module.css';
import { Rail } from '#components/frame/rail.tsx';
import { OfflineNotice } from '#components/ui/offline-notice.tsx';

export const RAIL_COOKIE = 'parcours.rail';

export function AppFrame({ initiallyFolded, children }: { initiallyFolded: boolean; children: ReactNode }) {
  const t = useTranslations('frame');
  const [folded, setFolded] = useState(initiallyFolded);
  const [drawn, drawer] = useDisclosure(false);
  const fold = (): void => {
    document.cookie = `${RAIL_COOKIE}=${folded ? 'open' : 'folded'}; path=/; max-age=31536000; samesite=lax`;
    setFolded(!folded);
  };
  return (
    <div className={classes.shell}>
      <a href="#page" className="skip">{t('skip')}</a>
      <div className={classes.side} data-folded={folded || undefined}><Rail folded={folded} onFold={fold} onGo={drawer.close} /></div>
      <Drawer.Root opened={drawn} onClose={drawer.close} size={260} padding={0}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={t('navigation')}><Drawer.Body h="100%"><Rail folded={false} onFold={drawer.close} onGo={drawer.close} /></Drawer.Body></Drawer.Content>
      </Drawer.Root>
      <div className={classes.column}>
        <header className={classes.header}>
          <ActionIcon className={classes.burger} size="lg" onClick={drawer.open} aria-label={t('openNavigation')}><IconMenu2 size={20} stroke={1.6} /></ActionIcon>
          <FrameHeader />
        </header>
        <OfflineNotice />
        <main id="page" tabIndex={-1} className={classes.main}>{children}</main>
      </div>
    </div>
  );
}
