'use client';
/** Shops that post to this workspace in their own way, and what came of it. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import type { Connector } from '#components/webhooks/connector-types.ts';

/** Fetched when it is needed. */
const ConnectorForm = dynamic(async () => (await import('#components/webhooks/connector-form.tsx')).ConnectorForm);

export function ConnectorsPage() {
  const t = useTranslations('webhooks.connectors');
  const formats = useFormats();
  const [adding, setAdding] = useState(false);
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t('new')}</Button>;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{add}</PageHeader>
      <DataTable<Connector>
        label={t('title')} queryKey={['connectors']} rowKey={({ id }) => id} rowHref={({ id }) => `/settings/connectors/${id}`}
        fetchPage={async (_, signal) => ({ ...(await api.get<{ items: Connector[] }>('/connectors', {}, signal)), next: null })}
        empty={<EmptyState title={t('none')} action={add}>{t('noneHelp')}</EmptyState>}
        columns={[
          { key: 'name', header: t('name'), render: ({ name }) => name },
          { key: 'kind', header: t('kind'), render: ({ kind }) => t(`kinds.${kind}`) },
          { key: 'state', header: t('state'), render: ({ closedAt }) => <StatusBadge tone={closedAt ? 'quiet' : 'live'}>{t(closedAt ? 'closed' : 'opened')}</StatusBadge>, width: 110 },
          { key: 'accepted', header: t('accepted'), align: 'right', render: ({ accepted }) => formats.number(accepted), width: 100 },
          { key: 'waiting', header: t('waiting'), align: 'right', render: ({ quarantined, refused }) => formats.number(quarantined + refused), width: 120 },
          { key: 'last', header: t('last'), render: ({ lastAt }) => (lastAt ? formats.dateTime(lastAt) : <span className="quiet">{t('never')}</span>), width: 180 },
        ]}
      />
      {adding && <ConnectorForm onClose={() => setAdding(false)} />}
    </>
  );
}
