'use client';
/** Events of the brand: those that were, with how far each is, and a form to say one, after seeing whom it would take in. */
import { Button, Progress } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { AnnounceForm } from '#components/events/announce-form.tsx';
import { BUSINESS_NAMES, type BusinessEvent } from '#components/events/event-types.ts';
import classes from '#components/events/events.module.css';
import { useCan } from '#components/session.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

const REFETCH_MS = 2_000;

function State({ event }: { event: BusinessEvent }) {
  const t = useTranslations('events.business');
  const formats = useFormats();
  if (event.state !== 'running') return <StatusBadge tone={event.state === 'done' ? 'live' : 'quiet'}>{t(`states.${event.state}`)}</StatusBadge>;
  const share = event.total === 0 ? 0 : Math.min(100, (100 * event.looked) / event.total);
  return <div><div>{t('looked', { looked: formats.number(event.looked), total: formats.number(event.total) })}</div><Progress value={share} size="xs" aria-label={t('progress')} /></div>;
}

export function BusinessEvents() {
  const t = useTranslations('events.business');
  const formats = useFormats();
  const mayPost = useCan('events:write');
  const [open, setOpen] = useState(false);
  const named: readonly string[] = BUSINESS_NAMES;
  const name = (type: string): string => (named.includes(type) ? t(`names.${type.replace('.', '_')}`) : type);
  const columns: Column<BusinessEvent>[] = [
    { key: 'type', header: t('what'), render: (row) => <span>{name(row.type)} <span className={classes.exact}>{typeof row.properties['name'] === 'string' ? row.properties['name'] : row.eventId}</span></span>, csv: (row) => row.type },
    { key: 'due', header: t('when'), render: (row) => formats.dateTime(row.dueAt), csv: (row) => row.dueAt, width: 180 },
    { key: 'store', header: t('store'), render: (row) => row.store ?? '–', csv: (row) => row.store },
    { key: 'state', header: t('state'), render: (row) => <State event={row} />, csv: (row) => row.state },
    { key: 'concerned', header: t('concerned'), align: 'right', render: (row) => formats.number(row.concerned), csv: (row) => row.concerned },
  ];
  const announce = mayPost && <Button leftSection={<IconSpeakerphone size={16} aria-hidden />} onClick={() => setOpen(true)}>{t('announce')}</Button>;
  return (
    <>
      <p style={{ maxWidth: 720, margin: '0 0 12px' }}>{t('about')}</p>
      <DataTable
        label={t('title')} columns={columns} queryKey={['business-events']} rowKey={(row) => row.id} csvName="business-events" refetchIntervalMs={REFETCH_MS} tools={announce}
        fetchPage={(after, signal) => api.get<Page<BusinessEvent>>('/business-events', { after }, signal)} empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      {open && <AnnounceForm onClose={() => setOpen(false)} />}
    </>
  );
}
