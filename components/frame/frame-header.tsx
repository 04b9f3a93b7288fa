'use client';
/** The header: which workspace, the search, the test clock of a sandbox, language and look, and the account. */
import { Badge, Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSearch, IconSelector } from '@tabler/icons-react';
import { useHotkeys } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { AccountMenu } from '#components/frame/account-menu.tsx';
import { ClockMenu } from '#components/frame/clock-menu.tsx';
import classes from '#components/frame/frame.module.css';
import { useSession } from '#components/session.tsx';
import { forgetTillPage } from '#components/till/kept-page.ts';

const CommandPalette = dynamic(() => import('#components/frame/command-palette.tsx').then((loaded) => loaded.CommandPalette), { ssr: false });

const changeTo = async (workspaceId: string): Promise<void> => {
  await forgetTillPage().catch(() => {});
  document.cookie = `parcours.workspace=${workspaceId}; path=/; max-age=31536000; samesite=lax`;
  window.location.assign('/journeys');
};

function WorkspaceName() {
  const t = useTranslations('frame');
  const { workspace, workspaces } = useSession();
  const name = <><strong>{workspace.name}</strong><Badge className={classes.workspaceKind} size="sm" color={workspace.kind === 'live' ? 'live' : 'warning'}>{t(workspace.kind)}</Badge></>;
  if (workspaces.length < 2) return <div className={classes.workspace}>{name}</div>;
  return (
    <Menu position="bottom-start">
      <Menu.Target><UnstyledButton className={classes.workspace} aria-label={t('changeWorkspace')}>{name}<IconSelector size={14} aria-hidden /></UnstyledButton></Menu.Target>
      <Menu.Dropdown>
        {workspaces.map(({ id, name: other, kind }) => (
          <Menu.Item key={id} onClick={() => void changeTo(id)} rightSection={id === workspace.id ? <IconCheck size={14} aria-hidden /> : null}>{other} · {t(kind)}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function FrameHeader() {
  const t = useTranslations('frame');
  const { workspace, scopes } = useSession();
  /** How often the search was asked for: it is loaded the first time. */
  const [searches, setSearches] = useState(0);
  const search = (): void => setSearches((count) => count + 1);
  useHotkeys([['mod+K', search]]);
  return (
    <>
      <WorkspaceName />
      <div className={classes.spacer} />
      {workspace.kind === 'sandbox' && scopes.includes('sandbox') && <ClockMenu />}
      <UnstyledButton className={classes.search} onClick={search} aria-label={t('search')}>
        <IconSearch size={16} stroke={1.6} aria-hidden /><span>{t('search')}</span><kbd>Ctrl K</kbd>
      </UnstyledButton>
      <AccountMenu />
      {searches > 0 && <CommandPalette searches={searches} />}
    </>
  );
}
