'use client';
/** Where events of this workspace go as webhooks, and how each destination fares. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useCan } from '#components/session.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import { DESTINATION_TONES, stateOf, type Destination } from '#components/webhooks/destination-types.ts';

/** Fetched when it is needed. */
const DestinationForm = dynamic(async () => (await import('#components/webhooks/destination-form.tsx')).DestinationForm);

export function DestinationsPage() {
  const t = useTranslations('webhooks.destinations');
  const formats = useFormats();
  const mayWrite = useCan('webhooks:write');
  const [adding, setAdding] = useState(false);
  const add = mayWrite ? <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t('new')}</Button> : null;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{add}</PageHeader>
      <DataTable<Destination>
        label={t('title')} queryKey={['destinations']} rowKey={({ id }) => id} rowHref={({ id }) => `/settings/destinations/${id}`} refetchIntervalMs={15_000}
        fetchPage={async (_, signal) => ({ ...(await api.get<{ items: Destination[] }>('/destinations', {}, signal)), next: null })}
        empty={<EmptyState title={t('none')} action={add}>{t('noneHelp')}</EmptyState>}
        columns={[
          { key: 'name', header: t('name'), render: ({ name }) => name },
          { key: 'host', header: t('host'), render: ({ address }) => <span className="code">{new URL(address).host}</span> },
          { key: 'state', header: t('state'), render: (row) => <StatusBadge tone={DESTINATION_TONES[stateOf(row)]}>{t(`states.${stateOf(row)}`)}</StatusBadge>, width: 130 },
          { key: 'types', header: t('types'), align: 'right', render: ({ types }) => formats.number(types.length), width: 90 },
          { key: 'waiting', header: t('waiting'), align: 'right', render: ({ waiting }) => formats.number(waiting), width: 100 },
          { key: 'failed', header: t('failed'), align: 'right', render: ({ failed }) => formats.number(failed), width: 100 },
          { key: 'taken', header: t('taken'), render: ({ takenAt }) => (takenAt ? formats.dateTime(takenAt) : <span className="quiet">{t('never')}</span>), width: 180 },
        ]}
      />
      {adding && <DestinationForm destination={null} onClose={() => setAdding(false)} />}
    </>
  );
}
