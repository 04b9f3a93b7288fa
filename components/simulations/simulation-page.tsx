'use client';
/** One simulation: its progress and a way to cancel it while it runs, whoever looks; then what came of it, beside another when one is chosen. */
import { Button, Progress, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCan } from '#components/session.tsx';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useAddressParam } from '#components/ui/use-address-param.ts';
import { useFormats } from '#components/use-formats.ts';
import { useState } from 'react';
import { isGoing, SIMULATION_TONES, simulationApi, type Simulation } from './simulation-api.ts';
import { SimulationResults, type Shown } from './simulation-results.tsx';
import classes from './simulations.module.css';

const LOOK_AGAIN_MS = 1_000;
const PERCENT = 100;

function Going({ simulation }: { simulation: Simulation }) {
  const t = useTranslations('simulate');
  const sentence = useProblemSentence();
  const client = useQueryClient();
  const mayCancel = useCan('journeys:write');
  const [failure, setFailure] = useState<unknown>(null);
  const cancel = async (): Promise<void> => {
    try {
      await simulationApi.cancel(simulation.id);
      await client.invalidateQueries({ queryKey: ['simulations'] });
    } catch (error) {
      setFailure(error);
    }
  };
  const percent = Math.round(simulation.progress * PERCENT);
  return (
    <div className={classes.going}>
      <p role="status">{simulation.state === 'queued' ? t('queued') : t('running', { percent })}</p>
      <Progress.Root size="lg"><Progress.Section value={percent} aria-label={t('states.running')} /></Progress.Root>
      <p className="quiet">{t('mayLeave')}</p>
      {failure !== null && <p role="alert" className={classes.problem}>{sentence(failure)}</p>}
      {mayCancel && <Button variant="default" onClick={() => void cancel()}>{t('cancel')}</Button>}
    </div>
  );
}

/** The runs to show: this one, and the one it is laid beside. */
function useShown(simulation: Simulation | undefined, otherId: string): Shown[] {
  const t = useTranslations('simulate');
  const formats = useFormats();
  const other = useQuery({ queryKey: ['simulations', otherId], queryFn: () => simulationApi.read(otherId), enabled: otherId !== '' });
  return [simulation, other.data].flatMap((each, index) => (each?.result ? [{ simulation: each, result: each.result, name: index === 0 ? t('thisRun') : formats.dateTime(each.createdAt) }] : []));
}

export function SimulationPage({ simulationId }: { simulationId: string }) {
  const t = useTranslations('simulate');
  const formats = useFormats();
  const reason = useReasonSentence();
  const [otherId, setOtherId] = useAddressParam('with');
  const read = useQuery({ queryKey: ['simulations', simulationId], queryFn: () => simulationApi.read(simulationId), refetchInterval: ({ state: { data } }) => (data && !isGoing(data.state) ? false : LOOK_AGAIN_MS) });
  const others = useQuery({ queryKey: ['simulations', 'others'], queryFn: () => simulationApi.list(null, undefined, 200), enabled: read.data?.state === 'done' });
  const shown = useShown(read.data, otherId);
  if (read.isPending) return <LoadingState lines={8} />;
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  const simulation = read.data;
  const { state, from, to, journeys, problem, result } = simulation;
  const choices = (others.data?.items ?? []).filter((each) => each.state === 'done' && each.id !== simulationId);
  return (
    <>
      <PageHeader title={journeys.map(({ name }) => name).join(', ')} back={{ href: '/journeys/simulations', label: t('title') }} badge={<StatusBadge tone={SIMULATION_TONES[state]}>{t(`states.${state}`)}</StatusBadge>}
        lede={[t('fromTo', { from: formats.dateTime(from), to: formats.dateTime(to) }), result ? t('over', { customers: result.customers, all: result.customersInAll, events: result.events }) : null].filter(Boolean).join(' · ')}>
        {choices.length > 0 && <Select aria-label={t('compare')} placeholder={t('compare')} clearable clearButtonProps={{ 'aria-label': t('compareNone') }} value={otherId || null} onChange={(value) => setOtherId(value ?? '')} w={280} data={choices.map((each) => ({ value: each.id, label: `${each.journeys.map(({ name }) => name).join(', ')} · ${formats.dateTime(each.createdAt)}` }))} />}
      </PageHeader>
      {isGoing(state) && <Going simulation={simulation} />}
      {state === 'cancelled' && <p>{t('wasCancelled')}</p>}
      {state === 'failed' && <p role="alert" className={classes.problem}>{reason({ code: problem ?? 'internal' })}</p>}
      {shown.length > 0 && <SimulationResults shown={shown} />}
    </>
  );
}
