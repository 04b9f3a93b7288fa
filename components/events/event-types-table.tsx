'use client';
/** The types of events that came, each with its last sample and a journey that could begin with it. */
import { ActionIcon, Anchor, Button, Group, Modal, Text } from '@mantine/core';
import { IconAffiliate, IconEye, IconSend } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import type { EventTypeLine } from '#components/events/event-types.ts';
import classes from '#components/events/events.module.css';
import { useCan, useSession } from '#components/session.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

export const latestTypes = async (signal?: AbortSignal): Promise<{ items: EventTypeLine[]; next: null }> => ({ ...(await api.get<{ items: EventTypeLine[] }>('/event-types/latest', {}, signal)), next: null });

export function EventTypes() {
  const t = useTranslations('events');
  const ui = useTranslations('ui');
  const formats = useFormats();
  const [open, setOpen] = useState<EventTypeLine | null>(null);
  const mayDraw = useCan('journeys:write');
  const isLimited = useSession().stores !== null;
  const maySend = useCan('events:write') && !isLimited;
  const columns: Column<EventTypeLine>[] = [
    { key: 'type', header: t('type'), render: (row) => <span className={classes.type}>{row.type}</span>, csv: (row) => row.type },
    { key: 'last', header: t('last'), render: (row) => (row.last ? formats.dateTime(row.last.acceptedAt) : ''), csv: (row) => row.last?.acceptedAt ?? null, width: 180 },
    { key: 'customer', header: t('customer'), render: (row) => (row.last?.customerId ? <Anchor component={Link} href={`/customers/${row.last.customerId}`} size="sm">{t('open')}</Anchor> : ''), width: 110 },
    { key: 'first', header: t('first'), render: (row) => formats.date(row.firstSeenAt), csv: (row) => row.firstSeenAt, width: 140 },
    {
      key: 'actions', header: '', width: 130, align: 'right',
      render: (row) => (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <ActionIcon size={24} aria-label={t('sampleOf', { type: row.type })} title={t('sample')} onClick={() => setOpen(row)}><IconEye size={16} aria-hidden /></ActionIcon>
          {maySend && <ActionIcon component={Link} href={`/events?tab=send&type=${encodeURIComponent(row.type)}`} size={24} aria-label={t('sendOneLike', { type: row.type })} title={t('sendOne')}><IconSend size={16} aria-hidden /></ActionIcon>}
          {mayDraw && <ActionIcon component={Link} href={`/journeys/new?event=${encodeURIComponent(row.type)}`} size={24} aria-label={t('journeyFrom', { type: row.type })} title={t('startJourney')}><IconAffiliate size={16} aria-hidden /></ActionIcon>}
        </Group>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={t('tabs.types')} columns={columns} queryKey={['event-types', 'latest']} fetchPage={(_, signal) => latestTypes(signal)} rowKey={(row) => row.type} rowHref={(row) => `/events/types/${encodeURIComponent(row.type)}`} csvName="event-types"
        empty={<EmptyState title={t('emptyTitle')} action={maySend ? <Button component={Link} href="/events?tab=send">{t('sendTest')}</Button> : undefined}>{t('emptyText')}</EmptyState>}
      />
      <Modal opened={open !== null} onClose={() => setOpen(null)} size="lg" title={<Text fw={600}>{open ? t('sampleOf', { type: open.type }) : ''}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
        {open?.last ? (
          <>
            <Text size="sm" c="dimmed">{t('sampleAbout', { occurred: formats.dateTime(open.last.occurredAt), accepted: formats.dateTime(open.last.acceptedAt) })}</Text>
            <pre className={classes.code} tabIndex={0}>{JSON.stringify(open.last.properties, null, 2)}</pre>
          </>
        ) : <Text size="sm">{t('noSample')}</Text>}
        {mayDraw && open && <Button component={Link} href={`/journeys/new?event=${encodeURIComponent(open.type)}`} mt="md" leftSection={<IconAffiliate size={16} aria-hidden />}>{t('startJourney')}</Button>}
      </Modal>
    </>
  );
}
