'use client';
/** The frame around every signed-in page: rail (a drawer on a narrow screen), header, and the page itself. The till says by itself that the network is gone. */
import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { FrameHeader } from '#components/frame/frame-header.tsx';
import classes from '#components/frame/frame.module.css';
import { isUnder } from '#components/frame/places.ts';
import { Rail } from '#components/frame/rail.tsx';
import { useSession } from '#components/session.tsx';
import { OfflineNotice } from '#components/ui/offline-notice.tsx';

const RailDrawer = dynamic(() => import('#components/frame/rail-drawer.tsx').then((loaded) => loaded.RailDrawer), { ssr: false });

export const RAIL_COOKIE = 'parcours.rail';

export function AppFrame({ initiallyFolded, children }: { initiallyFolded: boolean; children: ReactNode }) {
  const t = useTranslations('frame');
  const [folded, setFolded] = useState(initiallyFolded);
  const pathname = usePathname();
  const { workspace } = useSession();
  /** Null until it was opened once: it is loaded only then. */
  const [drawn, setDrawn] = useState<boolean | null>(null);
  const close = (): void => setDrawn(false);
  const fold = (): void => {
    document.cookie = `${RAIL_COOKIE}=${folded ? 'open' : 'folded'}; path=/; max-age=31536000; samesite=lax`;
    setFolded(!folded);
  };
  return (
    <div className={classes.shell}>
      <a href="#page" className="skip">{t('skip')}</a>
      <div className={classes.side} data-folded={folded || undefined}><Rail folded={folded} onFold={fold} onGo={close} /></div>
      {drawn !== null && <RailDrawer opened={drawn} onClose={close} />}
      <div className={classes.column}>
        <header className={classes.header} data-kind={workspace.kind}>
          <ActionIcon className={classes.burger} size="lg" onClick={() => setDrawn(true)} aria-label={t('openNavigation')}><IconMenu2 size={20} stroke={1.6} /></ActionIcon>
          <FrameHeader />
        </header>
        {!isUnder(pathname, '/till') && <OfflineNotice />}
        <main id="page" tabIndex={-1} className={classes.main}>{children}</main>
      </div>
    </div>
  );
}
