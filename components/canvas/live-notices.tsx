'use client';
/** What goes on with the people of this journey: a move under way, its undo afterwards, and late messages that wait for a decision. */
import { Button, CloseButton, Progress } from '@mantine/core';
import { IconMailQuestion, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import type { JourneyDetail } from './journey-api.ts';
import { liveApi, type Move } from './live-api.ts';
import classes from './live-changes.module.css';
import { useNotify } from './use-notify.ts';

export const MOVE_OUTCOMES = ['restored', 'stays', 'leavesNow', 'waitsShorter', 'waitsLonger', 'gone', 'finishes', 'wentOn', 'left', 'failed'] as const;

function MoveNotice({ journeyId, move, onDismiss }: { journeyId: string; move: Move; onDismiss: () => void }) {
  const t = useTranslations('liveChanges');
  const { number } = useFormats();
  const sentence = useProblemSentence();
  const notify = useNotify();
  const client = useQueryClient();
  const mayRun = useCan('journeys:publish');
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'resume' | 'undo') => liveApi.onMove(move.id, what),
    onError: (error) => notify(sentence(error), 'danger'),
    onSettled: () => client.invalidateQueries({ queryKey: ['designer', journeyId] }),
  });
  const { state, undoes, version } = move;
  const far = { done: number(move.done), total: number(move.total), version };
  const what = MOVE_OUTCOMES.filter((name) => (move.counts[name] ?? 0) > 0).map((name) => t(`outcome.${name}`, { count: move.counts[name] ?? 0 })).join(', ') || t('move.nobody');
  const said = state === 'running' ? t(undoes ? 'move.undoing' : 'move.running', far) : state === 'cancelled' ? t('move.cancelled', far) : t(undoes ? 'move.undone' : 'move.done', { version, what });
  return (
    <div className={classes.notice} role="status" data-move={state}>
      <IconUsers size={16} stroke={1.6} aria-hidden />
      <span>{said}</span>
      {state === 'running' && <Progress className={classes.progress ?? ''} value={move.total === 0 ? 100 : (100 * move.done) / move.total} aria-label={t('move.progress')} />}
      {mayRun && state === 'running' && <Button variant="default" size="compact-xs" loading={act.isPending} onClick={() => act.mutate('cancel')}>{t('move.cancel')}</Button>}
      {mayRun && state === 'cancelled' && !move.undoneBy && <Button variant="default" size="compact-xs" loading={act.isPending} onClick={() => act.mutate('resume')}>{t('move.resume')}</Button>}
      {mayRun && state !== 'running' && !undoes && !move.undoneBy && move.canUndo > 0 && <Button variant="default" size="compact-xs" loading={act.isPending} onClick={() => act.mutate('undo')}>{t('move.undo', { count: move.canUndo })}</Button>}
      {state !== 'running' && <CloseButton size="sm" aria-label={t('move.dismiss')} onClick={onDismiss} />}
    </div>
  );
}

function LateNotice({ journeyId, count }: { journeyId: string; count: number }) {
  const t = useTranslations('liveChanges.lateNotice');
  const sentence = useProblemSentence();
  const notify = useNotify();
  const client = useQueryClient();
  const mayRun = useCan('journeys:publish');
  const decide = useMutation({
    mutationFn: (decision: 'skip' | 'send') => liveApi.decideLate(journeyId, decision),
    onSuccess: ({ messages }, decision) => notify(t('done', { decision, count: messages }), 'live'),
    onError: (error) => notify(sentence(error), 'danger'),
    onSettled: () => client.invalidateQueries({ queryKey: ['designer', journeyId] }),
  });
  return (
    <div className={classes.notice} role="status" data-late>
      <IconMailQuestion size={16} stroke={1.6} aria-hidden />
      <span>{t('waiting', { count })}</span>
      {mayRun && (['send', 'skip'] as const).map((decision) => <Button key={decision} variant="default" size="compact-xs" loading={decide.isPending && decide.variables === decision} onClick={() => decide.mutate(decision)}>{t(decision)}</Button>)}
    </div>
  );
}

export function LiveNotices({ journey }: { journey: JourneyDetail }) {
  const [dismissed, setDismissed] = useState<string | null>(null);
  const published = journey.liveVersion !== null;
  const moves = useQuery({ queryKey: ['designer', journey.id, 'moves'], queryFn: () => liveApi.moves(journey.id), enabled: published, refetchInterval: ({ state }) => (state.data?.items[0]?.state === 'running' ? 1_000 : 15_000) });
  const held = useQuery({ queryKey: ['designer', journey.id, 'held'], queryFn: () => liveApi.held(journey.id), enabled: published, refetchInterval: 15_000 });
  const move = moves.data?.items[0];
  const asking = held.data?.asking ?? 0;
  return (
    <>
      {move && move.id !== dismissed && move.version === journey.liveVersion?.number && <MoveNotice journeyId={journey.id} move={move} onDismiss={() => setDismissed(move.id)} />}
      {asking > 0 && journey.status !== 'paused' && <LateNotice journeyId={journey.id} count={asking} />}
    </>
  );
}
