'use client';
/** What can be done to a journey that runs: pause, drain and resume at once, resume with late messages after a choice, stop after its numbers. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDoorEnter, IconDoorOff, IconDots, IconLayoutDistributeVertical, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconPrinter, IconRocket } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import { ConfirmWithNumbers, type Confirmation } from '#components/ui/confirm-with-numbers.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useCanvasStore } from './canvas-store.ts';
import { journeyApi, type JourneyDetail } from './journey-api.ts';
import { liveApi, type HeldMessages, type LateChoice } from './live-api.ts';
import { useSpeech } from './speech-context.tsx';
import { useNotify } from './use-notify.ts';

/** Read only when it is asked for. */
const ResumeDialog = dynamic(() => import('./resume-dialog.tsx').then((loaded) => loaded.ResumeDialog), { ssr: false });

const DONE = { pause: 'run.paused', resume: 'run.resumed', stop: 'run.stopped' } as const;

type Run = { to: keyof typeof DONE; reason?: string | undefined; mode?: 'hold' | 'drain'; late?: LateChoice };

export function RunMenu({ journey }: { journey: JourneyDetail }) {
  const { words } = useSpeech();
  const t = useTranslations('liveChanges.run');
  const store = useCanvasStore();
  const client = useQueryClient();
  const sentence = useProblemSentence();
  const notify = useNotify();
  const promotion = useTranslations('promotion');
  const { workspace, stores } = useSession();
  const mayRun = useCan('journeys:publish');
  const mayPromote = useCan('journeys:write') && workspace.kind === 'sandbox' && stores === null;
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const [resuming, setResuming] = useState<HeldMessages | null>(null);
  const fail = (error: unknown): void => void notify(sentence(error), 'danger');
  const move = useMutation({
    mutationFn: ({ to, ...body }: Run) => liveApi.run(journey.id, to, body),
    onSuccess: ({ people }, { to, mode }) => notify(mode === 'drain' ? t('drained', { people }) : words(DONE[to], { people }), 'live'),
    onError: fail,
    onSettled: async () => {
      setConfirmation(null);
      setResuming(null);
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
  const resume = async (): Promise<void> => {
    try {
      const held = await liveApi.held(journey.id);
      if (held.late > 0) setResuming(held);
      else move.mutate({ to: 'resume' });
    } catch (error) {
      fail(error);
    }
  };
  const icon = (Icon: typeof IconDots) => <Icon size={16} stroke={1.6} aria-hidden />;
  const runs = mayRun && (journey.status === 'live' || journey.status === 'paused');
  return (
    <>
      {journey.drains && <StatusBadge tone="warning">{t('draining')}</StatusBadge>}
      <Menu>
        <Menu.Target><ActionIcon size={32} aria-label={words('header.more')} loading={move.isPending}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={icon(IconLayoutDistributeVertical)} onClick={() => void store.getState().tidy()}>{words('canvas.tidy')}</Menu.Item>
          <Menu.Item leftSection={icon(IconPrinter)} onClick={() => store.getState().set({ overlay: 'export' })}>{words('command.export')}</Menu.Item>
          {mayPromote && <Menu.Item leftSection={icon(IconRocket)} onClick={() => store.getState().set({ overlay: 'promote' })}>{promotion('open')}</Menu.Item>}
          {runs && journey.status === 'live' && <Menu.Item leftSection={icon(IconPlayerPause)} onClick={() => move.mutate({ to: 'pause', mode: 'hold' })}>{t('hold')}</Menu.Item>}
          {runs && journey.status === 'live' && !journey.drains && <Menu.Item leftSection={icon(IconDoorOff)} onClick={() => move.mutate({ to: 'pause', mode: 'drain' })}>{t('drain')}</Menu.Item>}
          {runs && journey.drains && <Menu.Item leftSection={icon(IconDoorEnter)} onClick={() => move.mutate({ to: 'resume' })}>{t('open')}</Menu.Item>}
          {runs && journey.status === 'paused' && <Menu.Item leftSection={icon(IconPlayerPlay)} onClick={() => void resume()}>{t('resume')}</Menu.Item>}
          {runs && <Menu.Item color="danger" leftSection={icon(IconPlayerStop)} onClick={() => void askToStop()}>{words('header.stop')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {resuming && <ResumeDialog held={resuming} busy={move.isPending} onClose={() => setResuming(null)} onResume={(late) => move.mutate({ to: 'resume', late })} />}
      <ConfirmWithNumbers confirmation={confirmation} busy={move.isPending} onClose={() => setConfirmation(null)} onConfirm={(reason) => move.mutate({ to: 'stop', reason })} />
    </>
  );
}
