'use client';
/** The mailbox of a sandbox: what its customers received, newest first, found by address. */
import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import type { Mail } from '#components/mailbox/mail-types.ts';
import classes from '#components/mailbox/mailbox.module.css';
import { OpenedMail } from '#components/mailbox/opened-mail.tsx';
import { useSession } from '#components/session.tsx';
import { ChannelIcon } from '#components/ui/channel-icon.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState, ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

const LOOK_EVERY_MS = 5_000;

function Item({ mail, open, onOpen }: { mail: Mail; open: boolean; onOpen: () => void }) {
  const formats = useFormats();
  return (
    <li>
      <UnstyledButton className={classes.item} data-open={open || undefined} aria-current={open || undefined} onClick={onOpen}>
        <ChannelIcon channel={mail.channel} size={18} />
        <span className={classes.to}>{mail.to}</span>
        <time className={classes.at} dateTime={mail.at}>{formats.dateTime(mail.at)}</time>
        <span className={classes.subject}>{mail.subject || mail.text}</span>
      </UnstyledButton>
    </li>
  );
}

export function MailboxPage() {
  const t = useTranslations('mailbox');
  const ui = useTranslations('ui');
  const { workspace } = useSession();
  const router = useRouter();
  const opened = useSearchParams().get('mail');
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 250);
  const query = useInfiniteQuery({
    queryKey: ['mailbox', workspace.id, asked], initialPageParam: null as string | null, getNextPageParam: (page: Page<Mail>) => page.next, refetchInterval: LOOK_EVERY_MS, enabled: workspace.kind === 'sandbox',
    queryFn: ({ pageParam }) => api.post<Page<Mail>>('/sandbox/mailbox/search', { limit: 30, ...(pageParam && { after: pageParam }), ...(asked && { search: asked }) }),
  });
  const mails = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const mail = mails.find(({ id }) => id === opened) ?? null;
  if (workspace.kind === 'live') return <><PageHeader title={t('title')} /><EmptyState title={t('live')} action={<Button component={Link} href="/content/messages">{t('liveAction')}</Button>}>{t('liveHelp')}</EmptyState></>;
  if (query.isError && mails.length === 0) return <><PageHeader title={t('title')} /><ErrorState error={query.error} onRetry={() => void query.refetch()} /></>;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} />
      <div className={classes.panes} data-open={mail ? true : undefined}>
        <div className={classes.list}>
          <TextInput type="search" p="xs" aria-label={t('search')} placeholder={t('search')} leftSection={<IconSearch size={16} aria-hidden />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
          {query.isPending ? <LoadingState /> : mails.length === 0 ? <EmptyState title={t(asked ? 'nothingFound' : 'empty')}>{asked ? null : t('emptyHelp')}</EmptyState> : (
            <ul tabIndex={0} aria-label={t('list')}>{mails.map((one) => <Item key={one.id} mail={one} open={one.id === opened} onOpen={() => router.push(`/mailbox?mail=${one.id}`, { scroll: false })} />)}</ul>
          )}
          {query.hasNextPage && <Button variant="subtle" fullWidth loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{ui('more')}</Button>}
        </div>
        {mail ? <OpenedMail key={mail.id} mail={mail} onBack={() => router.push('/mailbox', { scroll: false })} /> : <div className={classes.opened}><EmptyState title={t('choose')}>{t('chooseHelp')}</EmptyState></div>}
      </div>
    </>
  );
}
