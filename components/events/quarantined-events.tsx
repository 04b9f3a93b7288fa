'use client';
/** Events that were kept without effect, each with the reason and what was sent. */
import { Button, Modal, Text, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconRotateClockwise } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import type { FieldProblem, Quarantined } from '#components/events/event-types.ts';
import classes from '#components/events/events.module.css';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

/** The sentence of a problem, and the field that it means. */
export function ProblemLine({ problem }: { problem: FieldProblem }) {
  const sentence = useReasonSentence();
  const path = problem.path.filter((step) => step !== 'body').join('.');
  return <div>{path && <span className="code">{path}: </span>}{sentence({ code: problem.code })}<div className={classes.exact} lang="en">{problem.message}</div></div>;
}

/** Replays one event, or the oldest of all, and says how many are taken in now. */
function useReplay() {
  const t = useTranslations('events');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | null) => api.post<{ events: unknown[]; accepted: number; left: number }>('/events/quarantined/replay', ids ? { events: ids } : {}),
    onSuccess: async ({ events, accepted }) => {
      notifications.show({ color: accepted > 0 ? 'live' : 'warning', message: t('replayed', { accepted, count: events.length }) });
      await queries.invalidateQueries({ queryKey: ['events'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
}

export function QuarantinedEvents() {
  const t = useTranslations('events');
  const ui = useTranslations('ui');
  const formats = useFormats();
  const sentence = useReasonSentence();
  const mayReplay = useCan('events:write');
  const replay = useReplay();
  const [open, setOpen] = useState<Quarantined | null>(null);
  const reasonOf = (row: Quarantined): string => (row.problems[0] ? sentence({ code: row.problems[0].code }) : '');
  const columns: Column<Quarantined>[] = [
    { key: 'id', header: t('eventId'), render: (row) => <UnstyledButton className={classes.open} onClick={() => setOpen(row)}>{row.eventId}</UnstyledButton>, csv: (row) => row.eventId },
    { key: 'type', header: t('type'), render: (row) => <span className={classes.type}>{row.type}</span>, csv: (row) => row.type, width: 160 },
    { key: 'at', header: t('accepted'), render: (row) => formats.dateTime(row.acceptedAt), csv: (row) => row.acceptedAt, width: 180 },
    { key: 'why', header: t('why'), render: reasonOf, csv: reasonOf },
  ];
  return (
    <>
      <Text size="sm" c="dimmed" maw={720} mb="sm">{t('quarantinedAbout')}</Text>
      <DataTable
        label={t('tabs.quarantined')} columns={columns} queryKey={['events', 'quarantined']} rowKey={(row) => row.id} csvName="quarantined-events"
        fetchPage={(after, signal) => api.get<Page<Quarantined>>('/events/quarantined', { after }, signal)}
        tools={mayReplay && <Button variant="default" size="xs" leftSection={<IconRotateClockwise size={14} aria-hidden />} loading={replay.isPending} onClick={() => replay.mutate(null)}>{t('replayAll')}</Button>}
        empty={<EmptyState title={t('noneQuarantined')}>{t('noneQuarantinedHelp')}</EmptyState>}
      />
      <Modal opened={open !== null} onClose={() => setOpen(null)} size="lg" title={<Text fw={600}>{open?.eventId}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
        {open?.problems.map((problem, index) => <ProblemLine key={index} problem={problem} />)}
        {open && <pre className={classes.code} tabIndex={0}>{JSON.stringify(open.properties, null, 2)}</pre>}
        {open && mayReplay && <Button mt="md" leftSection={<IconRotateClockwise size={16} aria-hidden />} loading={replay.isPending} onClick={() => replay.mutate([open.id], { onSuccess: () => setOpen(null) })}>{t('replay')}</Button>}
      </Modal>
    </>
  );
}
