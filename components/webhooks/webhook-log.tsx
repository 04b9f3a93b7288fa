'use client';
/** What was sent to a destination, newest first: each attempt with its status or its reason, and sending again by hand. */
import { Anchor, Button, Modal, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconRotateClockwise } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useAddressParam } from '#components/ui/use-address-param.ts';
import { useFormats } from '#components/use-formats.ts';
import { WEBHOOK_TONES, type Destination, type WebhookLine } from '#components/webhooks/destination-types.ts';
import classes from '#components/webhooks/webhooks.module.css';

/** The last attempt in a few words: a status, or the reason why there is none. */
function LastAttempt({ line }: { line: WebhookLine }) {
  const t = useTranslations('webhooks.log');
  const sentence = useReasonSentence();
  const formats = useFormats();
  const last = line.history.at(-1);
  if (!last) return <span className="quiet">{t('notYet')}</span>;
  return <>{last.status === null ? (last.reason && sentence(last.reason)) : <span className="code">{t('status', { status: String(last.status) })}</span>}{line.nextAt && line.state === 'queued' && <div className={classes.next}>{t('next', { at: formats.dateTime(line.nextAt) })}</div>}</>;
}

function Attempts({ line, replay, onClose }: { line: WebhookLine; replay: (() => void) | null; onClose: () => void }) {
  const t = useTranslations('webhooks.log');
  const ui = useTranslations('ui');
  const formats = useFormats();
  const sentence = useReasonSentence();
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600} component="span" className={classes.id}>{line.id}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Text size="sm" mb="sm"><span className="code">{line.type}</span>{line.customerId && <> · <Anchor component={Link} size="sm" underline="always" href={`/customers/${line.customerId}`}>{t('customer')}</Anchor></>}</Text>
      <ol className={classes.attempts}>
        {line.history.map((attempt, index) => (
          <li key={index}>
            <span>{formats.dateTime(attempt.at)}</span>
            <span>{attempt.status === null ? '' : <span className="code">{t('status', { status: String(attempt.status) })}</span>} {attempt.reason && sentence(attempt.reason)}</span>
            {attempt.tookMs !== null && <span className="quiet">{t('took', { ms: formats.number(attempt.tookMs) })}</span>}
          </li>
        ))}
      </ol>
      {line.history.length === 0 && <Text size="sm" c="dimmed">{t('notYet')}</Text>}
      {replay && <Button mt="md" leftSection={<IconRotateClockwise size={16} aria-hidden />} onClick={replay}>{t('replay')}</Button>}
    </Modal>
  );
}

export function WebhookLog({ destination: { id, failed } }: { destination: Destination }) {
  const t = useTranslations('webhooks.log');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('webhooks:write');
  const [state, setState] = useAddressParam('state');
  const [opened, setOpened] = useState<WebhookLine | null>(null);
  const replay = useMutation({
    mutationFn: (ids: string[] | null) => api.post<{ queued: number }>(`/destinations/${id}/replay`, ids ? { ids } : {}),
    onSuccess: async ({ queued }) => {
      setOpened(null);
      notifications.show({ color: 'live', message: t('replayed', { count: queued }) });
      await queries.invalidateQueries({ queryKey: ['destinations'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const all = mayWrite && failed > 0 && <Button variant="default" size="xs" leftSection={<IconRotateClockwise size={14} aria-hidden />} loading={replay.isPending} onClick={() => replay.mutate(null)}>{t('replayFailed', { count: failed })}</Button>;
  return (
    <>
      <DataTable<WebhookLine>
        label={t('title')} queryKey={['destinations', id, 'log', state]} rowKey={(line) => line.id} csvName="webhooks" refetchIntervalMs={10_000}
        fetchPage={(after, signal) => api.get<Page<WebhookLine>>(`/destinations/${id}/webhooks`, { after, state }, signal)}
        tools={<><SegmentedControl size="xs" aria-label={t('show')} value={state} onChange={setState} data={[{ value: '', label: t('all') }, ...(['queued', 'delivered', 'failed'] as const).map((value) => ({ value, label: t(`states.${value}`) }))]} />{all}</>}
        empty={<EmptyState title={t(state === '' ? 'none' : 'noneSuch')}>{t('noneHelp')}</EmptyState>}
        columns={[
          { key: 'when', header: t('when'), render: (line) => <UnstyledButton className={classes.open} onClick={() => setOpened(line)}>{formats.dateTime(line.createdAt)}</UnstyledButton>, csv: ({ createdAt }) => createdAt, width: 180 },
          { key: 'type', header: t('type'), render: ({ type }) => <span className="code">{type}</span>, csv: ({ type }) => type },
          { key: 'state', header: t('state'), render: (line) => <StatusBadge tone={WEBHOOK_TONES[line.state]}>{t(`states.${line.state}`)}</StatusBadge>, csv: (line) => line.state, width: 130 },
          { key: 'attempts', header: t('attempts'), align: 'right', render: ({ history }) => formats.number(history.length), csv: ({ history }) => history.length, width: 90 },
          { key: 'last', header: t('last'), render: (line) => <LastAttempt line={line} />, csv: ({ history }) => history.at(-1)?.status ?? null },
        ]}
      />
      {opened && <Attempts line={opened} onClose={() => setOpened(null)} replay={mayWrite && (opened.state === 'failed' || opened.state === 'delivered') ? () => replay.mutate([opened.id]) : null} />}
    </>
  );
}
