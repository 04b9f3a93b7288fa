'use client';
/** What a shop posted, newest first; what could not be taken is shown as it came, with why, and taken again once the cause is put right. */
import { Alert, Button, Modal, Text, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconRotateClockwise } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import events from '#components/events/events.module.css';
import { ProblemLine } from '#components/events/quarantined-events.tsx';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import { POST_TONES, type Connector, type PostLine } from '#components/webhooks/connector-types.ts';
import classes from '#components/webhooks/webhooks.module.css';

function Posted({ connectorId, line, replay, onClose }: { connectorId: string; line: PostLine; replay: () => void; onClose: () => void }) {
  const t = useTranslations('webhooks.posts');
  const ui = useTranslations('ui');
  const waits = line.state === 'quarantined' || line.state === 'refused';
  const query = useQuery({ queryKey: ['connectors', connectorId, 'post', line.id], queryFn: ({ signal }) => api.get<{ body: string | null }>(`/connectors/${connectorId}/posts/${line.id}`, {}, signal), enabled: waits });
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600} component="span" className={classes.id}>{line.id}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      {line.problems.length > 0 && <Alert color="warning" mb="sm" title={t('why')}>{line.problems.map((problem, index) => <ProblemLine key={index} problem={problem} />)}</Alert>}
      {line.eventIds.length > 0 && <Text size="sm" mb="sm">{t('events')} <span className="code">{line.eventIds.join(', ')}</span></Text>}
      {!waits && <Text size="sm" c="dimmed">{t('notKept')}</Text>}
      {query.data?.body && <pre className={events.code} tabIndex={0}>{query.data.body}</pre>}
      {waits && <Button mt="md" leftSection={<IconRotateClockwise size={16} aria-hidden />} onClick={replay}>{t('replay')}</Button>}
    </Modal>
  );
}

export function PostLog({ connector: { id, quarantined, refused }, mayWrite }: { connector: Connector; mayWrite: boolean }) {
  const t = useTranslations('webhooks.posts');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const reason = useReasonSentence();
  const queries = useQueryClient();
  const [opened, setOpened] = useState<PostLine | null>(null);
  const waiting = quarantined + refused;
  const replay = useMutation({
    mutationFn: (ids: string[] | null) => api.post<{ replayed: number; accepted: number; left: number }>(`/connectors/${id}/replay`, ids ? { ids } : {}),
    onSuccess: async ({ replayed, accepted }) => {
      setOpened(null);
      notifications.show({ color: accepted > 0 ? 'live' : 'warning', message: t('replayed', { accepted, count: replayed }) });
      await queries.invalidateQueries({ queryKey: ['connectors'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  return (
    <section id="posts" aria-label={t('title')}>
      <h2 className={classes.heading}>{t('title')}</h2>
      <DataTable<PostLine>
        label={t('title')} queryKey={['connectors', id, 'posts']} rowKey={(line) => line.id} refetchIntervalMs={15_000} fetchPage={(after, signal) => api.get<Page<PostLine>>(`/connectors/${id}/posts`, { after }, signal)}
        tools={mayWrite && waiting > 0 && <Button variant="default" size="xs" leftSection={<IconRotateClockwise size={14} aria-hidden />} loading={replay.isPending} onClick={() => replay.mutate(null)}>{t('replayAll', { count: waiting })}</Button>}
        empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
        columns={[
          { key: 'when', header: t('when'), render: (line) => <UnstyledButton className={classes.open} onClick={() => setOpened(line)}>{formats.dateTime(line.receivedAt)}</UnstyledButton>, width: 180 },
          { key: 'state', header: t('state'), render: ({ state }) => <StatusBadge tone={POST_TONES[state]}>{t(`states.${state}`)}</StatusBadge>, width: 150 },
          { key: 'events', header: t('events'), render: ({ eventIds, problems }) => (problems[0] ? reason({ code: problems[0].code }) : <span className="code">{eventIds.join(', ')}</span>) },
        ]}
      />
      {opened && <Posted connectorId={id} line={opened} replay={() => replay.mutate([opened.id])} onClose={() => setOpened(null)} />}
    </section>
  );
}
