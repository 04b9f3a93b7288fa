'use client';
/** What can be done to a journey that runs: pause and resume at once, stop after its numbers. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLayoutDistributeVertical, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { ConfirmWithNumbers, type Confirmation } from '#components/ui/confirm-with-numbers.tsx';
import { useCanvasStore } from './canvas-store.ts';
import { journeyApi, type JourneyDetail } from './journey-api.ts';
import { useSpeech } from './speech-context.tsx';
import { useNotify } from './use-notify.ts';

const DONE = { pause: 'run.paused', resume: 'run.resumed', stop: 'run.stopped' } as const;

export function RunMenu({ journey }: { journey: JourneyDetail }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const client = useQueryClient();
  const sentence = useProblemSentence();
  const notify = useNotify();
  const mayRun = useCan('journeys:publish');
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const fail = (error: unknown): void => void notify(sentence(error), 'danger');
  const move = useMutation({
    mutationFn: ({ to, reason }: { to: keyof typeof DONE; reason?: string | undefined }) => journeyApi.move(journey.id, to, reason),
    onSuccess: ({ people }, { to }) => notify(words(DONE[to], { people }), 'live'),
    onError: fail,
    onSettled: async () => {
      setConfirmation(null);
      await client.invalidateQueries({ queryKey: ['designer', journey.id] });
      await client.invalidateQueries({ queryKey: ['journeys'] });
    },
  });
  const askToStop = async (): Promise<void> => {
    try {
      const report = await journeyApi.report(journey.id);
      const messages = Object.values(report.nodes).flatMap((node) => node.messages).filter(({ status }) => status === 'queued' || status === 'held').reduce((sum, { count }) => sum + count, 0);
      setConfirmation({ title: words('run.stopTitle'), consequences: [words('run.stopBody', { people: report.inside, messages })], action: words('run.stopAction'), asksReason: true, danger: true });
    } catch (error) {
      fail(error);
    }
  };
  const runs = mayRun && (journey.status === 'live' || journey.status === 'paused');
  return (
    <>
      <Menu>
        <Menu.Target><ActionIcon size={32} aria-label={words('header.more')} loading={move.isPending}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLayoutDistributeVertical size={16} stroke={1.6} aria-hidden />} onClick={() => store.getState().tidy()}>{words('canvas.tidy')}</Menu.Item>
          {runs && journey.status === 'live' && <Menu.Item leftSection={<IconPlayerPause size={16} stroke={1.6} aria-hidden />} onClick={() => move.mutate({ to: 'pause' })}>{words('header.pause')}</Menu.Item>}
          {runs && journey.status === 'paused' && <Menu.Item leftSection={<IconPlayerPlay size={16} stroke={1.6} aria-hidden />} onClick={() => move.mutate({ to: 'resume' })}>{words('header.resume')}</Menu.Item>}
          {runs && <Menu.Item color="danger" leftSection={<IconPlayerStop size={16} stroke={1.6} aria-hidden />} onClick={() => void askToStop()}>{words('header.stop')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <ConfirmWithNumbers confirmation={confirmation} busy={move.isPending} onClose={() => setConfirmation(null)} onConfirm={(reason) => move.mutate({ to: 'stop', reason })} />
    </>
  );
}
