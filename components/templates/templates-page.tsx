'use client';
/** All templates, by key. */
import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { api, type Page } from '#components/api-client.ts';
import { useCan } from '#components/session.tsx';
import type { ListedTemplate } from '#components/templates/template-types.ts';
import { ChannelIcon } from '#components/ui/channel-icon.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useChannelName } from '#components/use-channel-name.ts';
import { useFormats } from '#components/use-formats.ts';
import { CHANNELS } from '#domain/customers/channels.ts';

function NewTemplate() {
  const t = useTranslations('templates');
  const channelName = useChannelName();
  if (!useCan('content:write')) return null;
  return (
    <Menu>
      <Menu.Target><Button leftSection={<IconPlus size={16} aria-hidden />}>{t('new')}</Button></Menu.Target>
      <Menu.Dropdown>
        {CHANNELS.map((channel) => <Menu.Item key={channel} component={Link} href={`/content/templates/new?channel=${channel}`} leftSection={<ChannelIcon channel={channel} size={16} silent />}>{channelName(channel)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

export function TemplatesPage() {
  const t = useTranslations('templates');
  const channelName = useChannelName();
  const formats = useFormats();
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}><NewTemplate /></PageHeader>
      <DataTable<ListedTemplate>
        label={t('title')} csvName="templates" queryKey={['templates']} rowKey={({ id }) => id} rowHref={({ key }) => `/content/templates/${key}`}
        fetchPage={(after, signal) => api.get<Page<ListedTemplate>>('/templates', { after }, signal)}
        empty={<EmptyState title={t('empty')} action={<NewTemplate />}>{t('emptyHelp')}</EmptyState>}
        columns={[
          { key: 'name', header: t('name'), render: ({ name }) => name, csv: ({ name }) => name },
          { key: 'key', header: t('key'), render: ({ key }) => <span className="code" style={{ whiteSpace: 'nowrap' }}>{key}</span>, csv: ({ key }) => key },
          { key: 'channel', header: t('channel'), render: ({ channel }) => <span style={{ whiteSpace: 'nowrap' }}>{channelName(channel)}</span>, csv: ({ channel }) => channel },
          { key: 'languages', header: t('languages'), render: ({ languages }) => <span style={{ whiteSpace: 'nowrap' }}>{languages.join(' · ')}</span>, csv: ({ languages }) => languages.join(' ') },
          { key: 'number', header: t('version'), align: 'right', render: ({ number }) => formats.number(number), csv: ({ number }) => number },
          { key: 'updatedAt', header: t('changed'), align: 'right', render: ({ updatedAt }) => formats.dateTime(updatedAt), csv: ({ updatedAt }) => updatedAt },
        ]}
      />
    </>
  );
}
