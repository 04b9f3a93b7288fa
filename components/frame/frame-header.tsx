'use client';
/** The header: which workspace, the search, the test clock of a sandbox, language and look, and the account. */
import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSearch, IconSelector } from '@tabler/icons-react';
import { useHotkeys } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { AccountMenu } from '#components/frame/account-menu.tsx';
import { changeWorkspace, sameAddress } from '#components/frame/change-workspace.ts';
import { ClockMenu } from '#components/frame/clock-menu.tsx';
import classes from '#components/frame/frame.module.css';
import { KindMark } from '#components/frame/kind-mark.tsx';
import { useTypedAhead } from '#components/frame/use-typed-ahead.ts';
import { useSession, type Session } from '#components/session.tsx';

const CommandPalette = dynamic(() => import('#components/frame/command-palette.tsx').then((loaded) => loaded.CommandPalette), { ssr: false });

/** Those of the brand in hand first, live before its sandboxes; then those of others. */
function inOrder({ workspace, workspaces }: Session): Session['workspaces'] {
  const rank = (one: Session['workspaces'][number]): string => `${one.brand === workspace.brand ? 0 : 1} ${one.brand} ${one.kind === 'live' ? 0 : 1} ${one.name}`;
  return [...workspaces].sort((left, right) => rank(left).localeCompare(rank(right)));
}

function WorkspaceName() {
  const t = useTranslations('frame');
  const pathname = usePathname();
  const session = useSession();
  const { workspace, workspaces } = session;
  const name = <><KindMark kind={workspace.kind} /><strong>{workspace.name}</strong></>;
  if (workspaces.length < 2) return <div className={classes.workspace}>{name}</div>;
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target><UnstyledButton className={classes.workspace} aria-label={t('changeWorkspace', { name: workspace.name, kind: t(workspace.kind) })}>{name}<IconSelector size={14} aria-hidden /></UnstyledButton></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('workspaces')}</Menu.Label>
        {inOrder(session).map(({ id, name: other, kind }) => (
          <Menu.Item key={id} aria-current={id === workspace.id ? 'true' : undefined} onClick={() => id !== workspace.id && void changeWorkspace(id, sameAddress(pathname, kind))} leftSection={<KindMark kind={kind} />} rightSection={id === workspace.id ? <IconCheck size={14} aria-hidden /> : null}>{other}</Menu.Item>
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
  const typed = useTypedAhead(searches);
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
      {searches > 0 && <CommandPalette searches={searches} typed={typed} />}
    </>
  );
}
