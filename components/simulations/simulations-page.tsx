'use client';
/** Where a simulation is begun, and those begun so far with how far they are. */
import { Progress } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import { useCan } from '#components/session.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import { isGoing, SIMULATION_TONES, simulationApi, type SimulationSummary } from './simulation-api.ts';
import classes from './simulations.module.css';
import { StartSimulation } from './start-simulation.tsx';

const LOOK_AGAIN_MS = 3_000;

export function SimulationsPage() {
  const t = useTranslations('simulate');
  const formats = useFormats();
  const mayStart = useCan('journeys:write');
  const chosen = useSearchParams().get('journey');
  const columns: Column<SimulationSummary>[] = [
    { key: 'journeys', header: t('journeys'), render: ({ journeys }) => journeys.map(({ name }) => name).join(', ') },
    { key: 'state', header: t('state'), width: 180, render: ({ state, progress }) => (isGoing(state) ? <Progress value={progress * 100} aria-label={t('states.running')} /> : <StatusBadge tone={SIMULATION_TONES[state]}>{t(`states.${state}`)}</StatusBadge>) },
    { key: 'period', header: t('period'), width: 220, render: ({ from, to }) => t('fromTo', { from: formats.date(from), to: formats.date(to) }) },
    { key: 'created', header: t('created'), width: 170, render: ({ createdAt }) => formats.dateTime(createdAt) },
  ];
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} back={chosen ? { href: `/journeys/${chosen}`, label: t('backToCanvas') } : { href: '/journeys', label: t('backToJourneys') }} />
      <div className={classes.page}>
        {mayStart && <StartSimulation chosen={chosen} />}
        <DataTable label={t('title')} columns={columns} queryKey={['simulations', 'list']} fetchPage={(after, signal) => simulationApi.list(after, signal)} rowKey={({ id }) => id} rowHref={({ id }) => `/journeys/simulations/${id}`} refetchIntervalMs={LOOK_AGAIN_MS}
          empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>} />
      </div>
    </>
  );
}
