'use client';
/** What people have to do for customers, the most urgent first: tasks of the staff and calls to make. The filters live in the address. */
import { Anchor, Button, SegmentedControl, Select, Switch } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { JourneyLink } from '#components/journeys/journey-link.tsx';
import { api, type Page } from '#components/api-client.ts';
import { useReasonSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useAddressParam } from '#components/ui/use-address-param.ts';
import { useFormats } from '#components/use-formats.ts';
import { stateText, TASK_TONES, titleOf, whoseOf, type Task } from './task-types.ts';

const CloseTask = dynamic(() => import('./close-task.tsx').then((module) => module.CloseTask));

function Tools() {
  const t = useTranslations('tasks');
  const { stores: own } = useSession();
  const seesStores = useCan('settings:read');
  const [kind, setKind] = useAddressParam('kind');
  const [state, setState] = useAddressParam('state');
  const [store, setStore] = useAddressParam('store');
  const [overdue, setOverdue] = useAddressParam('overdue');
  const read = useQuery({ queryKey: ['stores', 'all'], enabled: own === null && seesStores, queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>('/stores', { limit: 200 }, signal) });
  const stores = own ?? read.data?.items ?? [];
  return (
    <>
      <SegmentedControl size="xs" aria-label={t('kind')} value={kind || 'all'} data={[{ value: 'all', label: t('allKinds') }, { value: 'task', label: t('kinds.tasks') }, { value: 'call', label: t('kinds.calls') }]} onChange={(next) => setKind(next === 'all' ? '' : next)} />
      <SegmentedControl size="xs" aria-label={t('state')} value={state || 'open'} data={[{ value: 'open', label: t('openOnes') }, { value: 'closed', label: t('closedOnes') }]} onChange={(next) => setState(next === 'open' ? '' : next)} />
      {stores.length > 1 && <Select size="xs" aria-label={t('store')} placeholder={t('anyStore')} clearable searchable clearButtonProps={{ 'aria-label': t('clear', { name: t('store') }) }} value={store || null} data={stores.map(({ id, name }) => ({ value: id, label: name }))} onChange={(next) => setStore(next ?? '')} w={180} />}
      {state === '' && <Switch size="sm" label={t('overdueOnly')} checked={overdue === 'true'} onChange={(event) => setOverdue(event.currentTarget.checked ? 'true' : '')} />}
    </>
  );
}

function useColumns(onClose: (task: Task) => void): Column<Task>[] {
  const t = useTranslations('tasks');
  const formats = useFormats();
  const sentence = useReasonSentence();
  const mayClose = useCan('tasks:write');
  const due = (task: Task): string => (task.dueAt ? formats.dateTime(task.dueAt) : t('noDue'));
  return [
    {
      key: 'what', header: t('what'),
      render: (task) => <><div>{titleOf(task, t)}</div><div className="quiet" style={{ fontSize: 12 }}>{[t(`kinds.${task.kind}`), task.isRequested && t('requested'), task.note].filter(Boolean).join(' · ')}</div></>,
    },
    { key: 'customer', header: t('customer'), width: 180, render: ({ customerId, customerName }) => <Anchor component={Link} size="sm" href={`/customers/${customerId}`}>{customerName ?? t('unnamed')}</Anchor> },
    { key: 'for', header: t('for'), width: 150, render: (task) => whoseOf(task, t) },
    { key: 'due', header: t('due'), width: 200, render: (task) => (task.isOverdue ? <StatusBadge tone="danger">{t('overdueSince', { at: due(task) })}</StatusBadge> : due(task)) },
    {
      key: 'state', header: t('state'), width: 190,
      render: (task) => <><StatusBadge tone={TASK_TONES[task.state]}>{stateText(task, t)}</StatusBadge>{task.state !== 'open' && <div className="quiet" style={{ fontSize: 12 }}>{[task.closedAt && formats.dateTime(task.closedAt), task.closedBy, task.comment, task.reason && sentence(task.reason)].filter(Boolean).join(' · ')}</div>}</>,
    },
    { key: 'journey', header: t('journey'), width: 160, render: ({ journeyId, journeyName }) => (journeyId ? <JourneyLink journeyId={journeyId}>{journeyName}</JourneyLink> : '') },
    { key: 'close', header: '', align: 'right', width: 110, render: (task) => (mayClose && task.state === 'open' ? <Button size="compact-sm" variant="default" aria-label={t('closeNamed', { title: titleOf(task, t) })} onClick={() => onClose(task)}>{t('close')}</Button> : null) },
  ];
}

export function TasksPage() {
  const t = useTranslations('tasks');
  const [closing, setClosing] = useState<Task | null>(null);
  const columns = useColumns(setClosing);
  const [kind] = useAddressParam('kind');
  const [state] = useAddressParam('state');
  const [storeId] = useAddressParam('store');
  const [overdue] = useAddressParam('overdue');
  const filters = { kind, state: state === 'closed' ? 'closed' : 'open', storeId, ...(state === '' && { overdue }) };
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
  const isFiltered = kind !== '' || storeId !== '' || overdue !== '';
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}><Button component="a" variant="default" href={`/api/v1/tasks/export?${query}`} download="tasks.csv" leftSection={<IconDownload size={16} aria-hidden />}>{t('export')}</Button></PageHeader>
      <DataTable<Task>
        label={t('title')} queryKey={['tasks', filters]} rowKey={({ id }) => id} columns={columns} tools={<Tools />} refetchIntervalMs={30_000}
        fetchPage={(after, signal) => api.get<Page<Task>>('/tasks', { after, ...filters }, signal)}
        empty={<EmptyState title={t(state === 'closed' ? 'noneClosed' : isFiltered ? 'noneFound' : 'none')}>{t('noneHelp')}</EmptyState>}
      />
      {closing && <CloseTask task={closing} onClose={() => setClosing(null)} />}
    </>
  );
}
