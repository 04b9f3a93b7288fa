'use client';
/** All stores, with those of a season and their dates. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCashRegister, IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { useCan } from '#components/session.tsx';
import { StoreForm } from '#components/stores/store-form.tsx';
import { stateOf, type Store } from '#components/stores/store-types.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

const TONES = { open: 'live', notYet: 'warning', closed: 'quiet' } as const;

export function StoresPage() {
  const t = useTranslations('stores');
  const formats = useFormats();
  const mayWrite = useCan('settings:write');
  const seesTills = useCan('tills:read');
  const seesClock = useCan('sandbox');
  const [edited, setEdited] = useState<Store | 'new' | null>(null);
  const clock = useQuery({ queryKey: ['clock'], enabled: seesClock, queryFn: () => api.get<{ now: string }>('/clock') });
  const today = formats.dayKey(clock.data?.now ?? Date.now());
  const date = (day: string | null): string => (day ? formats.date(`${day}T12:00:00Z`) : '');
  const add = mayWrite ? <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>{t('new')}</Button> : null;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{seesTills && <Button component={Link} href="/tills" variant="default" leftSection={<IconCashRegister size={16} aria-hidden />}>{t('tills')}</Button>}{add}</PageHeader>
      <DataTable<Store>
        label={t('title')} csvName="stores" queryKey={['stores']} rowKey={({ id }) => id} fetchPage={(after, signal) => api.get<Page<Store>>('/stores', { after }, signal)}
        empty={<EmptyState title={t('empty')} action={add}>{t('emptyHelp')}</EmptyState>}
        columns={[
          { key: 'name', header: t('name'), render: (store) => (mayWrite ? <Button variant="transparent" size="compact-sm" px={0} onClick={() => setEdited(store)}>{store.name}</Button> : store.name), csv: ({ name }) => name },
          { key: 'state', header: t('state'), render: (store) => <StatusBadge tone={TONES[stateOf(store, today)]}>{t(`states.${stateOf(store, today)}`)}</StatusBadge>, csv: (store) => stateOf(store, today) },
          { key: 'key', header: t('key'), render: ({ externalId }) => <span className="code">{externalId}</span>, csv: ({ externalId }) => externalId },
          { key: 'city', header: t('city'), render: ({ city, country }) => [city, country].filter(Boolean).join(', '), csv: ({ city }) => city },
          { key: 'timeZone', header: t('timeZone'), render: ({ timeZone }) => timeZone, csv: ({ timeZone }) => timeZone },
          { key: 'opensOn', header: t('opensOn'), align: 'right', render: ({ opensOn }) => date(opensOn), csv: ({ opensOn }) => opensOn },
          { key: 'closesOn', header: t('closesOn'), align: 'right', render: ({ closesOn }) => date(closesOn), csv: ({ closesOn }) => closesOn },
        ]}
      />
      {edited && <StoreForm store={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
