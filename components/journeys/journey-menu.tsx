'use client';
/** What can be done to a journey: pause and resume at once (late messages wait for a decision in the designer), stop after its numbers, and put away what no longer runs. */
import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArchive, IconArchiveOff, IconDots, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import type { JourneySummary } from '#components/journeys/journey-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { ConfirmWithNumbers, type Confirmation } from '#components/ui/confirm-with-numbers.tsx';

type Move = 'pause' | 'resume' | 'stop' | 'archive' | 'restore';
type Report = { nodes: { messages: { status: string; count: number }[] }[] };

/** What may be done to it now. */
function movesOf({ status, archivedAt, people }: JourneySummary): Move[] {
  if (archivedAt) return ['restore'];
  if (status === 'live' || status === 'paused') return [status === 'live' ? 'pause' : 'resume', 'stop'];
  return people === 0 ? ['archive'] : [];
}

export function useMoveJourney(journey: Pick<JourneySummary, 'id' | 'name'>) {
  const t = useTranslations('journeys');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ move, reason }: { move: Move; reason?: string | undefined }) => api.post<{ people?: number }>(`/journeys/${journey.id}/${move}`, { reason, ...(move === 'resume' && { late: 'ask' }) }),
    onSuccess: async ({ people }, { move }) => {
      notifications.show({ color: 'live', message: t(`done.${move}`, { name: journey.name, count: people ?? 0 }) });
      await queries.invalidateQueries({ queryKey: ['journeys'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
}

const waitingMessages = (report: Report): number =>
  report.nodes.flatMap(({ messages }) => messages).filter(({ status }) => status === 'queued' || status === 'held').reduce((sum, { count }) => sum + count, 0);

export function JourneyMenu({ journey }: { journey: JourneySummary }) {
  const t = useTranslations('journeys');
  const move = useMoveJourney(journey);
  const sentence = useProblemSentence();
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const mayRun = useCan('journeys:publish');
  const moves = movesOf(journey);
  if (!mayRun || moves.length === 0) return null;
  const askToStop = async (): Promise<void> => {
    try {
      const messages = waitingMessages(await api.get<Report>(`/journeys/${journey.id}/report`));
      setConfirmation({
        title: t('stop.title', { name: journey.name }), action: t('stop.action'), asksReason: true, danger: true,
        consequences: [t('stop.people', { count: journey.people }), t('stop.messages', { count: messages }), t('stop.again')],
      });
    } catch (error) {
      notifications.show({ color: 'danger', message: sentence(error) });
    }
  };
  const icon = (Icon: typeof IconPlayerPause) => <Icon size={16} stroke={1.6} aria-hidden />;
  return (
    <>
      <Menu>
        <Menu.Target><ActionIcon size={24} aria-label={t('actions', { name: journey.name })} loading={move.isPending}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {moves.includes('pause') && <Menu.Item leftSection={icon(IconPlayerPause)} onClick={() => move.mutate({ move: 'pause' })}>{t('pause')}</Menu.Item>}
          {moves.includes('resume') && <Menu.Item leftSection={icon(IconPlayerPlay)} onClick={() => move.mutate({ move: 'resume' })}>{t('resume')}</Menu.Item>}
          {moves.includes('stop') && <Menu.Item color="danger" leftSection={icon(IconPlayerStop)} onClick={() => void askToStop()}>{t('stop.menu')}</Menu.Item>}
          {moves.includes('archive') && <Menu.Item leftSection={icon(IconArchive)} onClick={() => move.mutate({ move: 'archive' })}>{t('archive')}</Menu.Item>}
          {moves.includes('restore') && <Menu.Item leftSection={icon(IconArchiveOff)} onClick={() => move.mutate({ move: 'restore' })}>{t('restore')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <ConfirmWithNumbers confirmation={confirmation} busy={move.isPending} onClose={() => setConfirmation(null)} onConfirm={(reason) => move.mutate({ move: 'stop', reason }, { onSettled: () => setConfirmation(null) })} />
    </>
  );
}
