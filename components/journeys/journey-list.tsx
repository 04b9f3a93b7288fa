'use client';
/** Which journeys run, who moves in them, and what is wrong. */
import { Button, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { api, type Page } from '#components/api-client.ts';
import { JourneyMenu } from '#components/journeys/journey-menu.tsx';
import { MentionsNotice } from '#components/journeys/mentions-notice.tsx';
import { StoreNames } from '#components/journeys/store-names.tsx';
import { STATUS_TONES, type JourneyActivity, type JourneySummary } from '#components/journeys/journey-types.ts';
import { useCan } from '#components/session.tsx';
import { SetupGuide } from '#components/setup/setup-guide.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useAddressParam } from '#components/ui/use-address-param.ts';
import { useFormats } from '#components/use-formats.ts';

const STATUSES = ['', 'live', 'draft', 'paused', 'stopped', 'archived'] as const;
const PAGE = 200;
const LOOK_AGAIN_MS = 10_000;

function useColumns(activity: JourneyActivity | undefined): Column<JourneySummary>[] {
  const t = useTranslations('journeys');
  const formats = useFormats();
  const of = (row: JourneySummary) => activity?.items.find(({ journeyId }) => journeyId === row.id);
  const count = (value: number | undefined): string => (value === undefined ? '' : formats.number(value));
  return [
    { key: 'name', header: t('name'), render: (row) => <>{row.name}{row.stores && <> · <StoreNames stores={row.stores} /></>}</>, csv: (row) => row.name },
    { key: 'status', header: t('status'), render: (row) => <StatusBadge tone={STATUS_TONES[row.status]}>{t(`statuses.${row.status}`)}</StatusBadge>, csv: (row) => t(`statuses.${row.status}`), width: 110 },
    {
      key: 'version', header: t('version'), width: 150, csv: (row) => row.liveVersion?.number ?? null,
      render: (row) => <Text size="sm" c="dimmed">{row.liveVersion ? t(of(row)?.draftDiffers ? 'versionAndDraft' : 'versionNumber', { number: row.liveVersion.number }) : t('notPublished')}</Text>,
    },
    { key: 'people', header: t('inside'), align: 'right', render: (row) => formats.number(row.people), csv: (row) => row.people, width: 110 },
    { key: 'entered', header: t('entered'), align: 'right', render: (row) => count(of(row)?.entered), csv: (row) => of(row)?.entered ?? null, width: 120 },
    { key: 'finished', header: t('finished'), align: 'right', render: (row) => count(of(row)?.finished), csv: (row) => of(row)?.finished ?? null, width: 120 },
    {
      key: 'problems', header: t('problems'), width: 150, csv: (row) => of(row)?.failed ?? null,
      render: (row) => ((of(row)?.failed ?? 0) > 0 ? <StatusBadge tone="danger">{t('failed', { count: of(row)?.failed ?? 0 })}</StatusBadge> : <Text size="sm" c="dimmed">{t('none')}</Text>),
    },
    { key: 'menu', header: '', render: (row) => <JourneyMenu journey={row} />, width: 48 },
  ];
}

export function JourneyList() {
  const t = useTranslations('journeys');
  const [query, setQuery] = useAddressParam('q');
  const [status, setStatus] = useAddressParam('status');
  const mayDraw = useCan('journeys:write');
  const activity = useQuery({ queryKey: ['journeys', 'activity'], queryFn: ({ signal }) => api.get<JourneyActivity>('/journeys/activity', {}, signal), refetchInterval: LOOK_AGAIN_MS });
  const columns = useColumns(activity.data);
  const create = mayDraw && <Button component={Link} href="/journeys/new" leftSection={<IconPlus size={16} aria-hidden />}>{t('new')}</Button>;
  const wanted = query.trim().toLowerCase();
  // The archive is a list of its own; any other choice looks through the journeys in use.
  const archived = status === 'archived';
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{create}</PageHeader>
      <SetupGuide />
      <MentionsNotice />
      <DataTable
        label={t('title')} columns={columns} queryKey={['journeys', 'list', archived]} refetchIntervalMs={LOOK_AGAIN_MS} csvName="journeys"
        fetchPage={(after, signal) => api.get<Page<JourneySummary>>('/journeys', { after, limit: PAGE, ...(archived && { archived: 'true' }) }, signal)}
        shows={(row) => (status === '' || archived || row.status === status) && (row.name.toLowerCase().includes(wanted) || row.key.includes(wanted))}
        rowKey={(row) => row.id} rowHref={(row) => `/journeys/${row.id}`}
        tools={
          <>
            <TextInput aria-label={t('search')} placeholder={t('search')} leftSection={<IconSearch size={16} aria-hidden />} value={query} onChange={(event) => setQuery(event.currentTarget.value)} w={240} />
            <SegmentedControl size="xs" aria-label={t('status')} value={status} onChange={setStatus} data={STATUSES.map((value) => ({ value, label: value === '' ? t('all') : t(`statuses.${value}`) }))} />
          </>
        }
        empty={archived && !query ? <EmptyState title={t('archiveEmpty')}>{t('archiveEmptyHelp')}</EmptyState> : query || status ? <EmptyState title={t('noneFits')}>{t('noneFitsHelp')}</EmptyState> : <EmptyState title={t('emptyTitle')} action={create}>{t('emptyText')}</EmptyState>}
      />
    </>
  );
}
