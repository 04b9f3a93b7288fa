'use client';
/** A simulation's funnel on the canvas: its figures stand on the steps in place of the journey's own while the address names it. */
import { Anchor, Button } from '@mantine/core';
import { IconTimeline } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { simulationApi, type SimulationResult } from '#components/simulations/simulation-api.ts';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import type { Figures, NodeFigures } from './journey-api.ts';

function figuresOf(journey: SimulationResult['journeys'][number], since: string): Figures {
  const endings = Object.entries(journey.endings).map(([ending, count]) => ({ ending: ending.split(': ')[0] ?? ending, detail: ending.split(': ')[1] ?? null, count }));
  const nodes = [{ nodeId: 'entry', passed: { '': journey.entered }, inside: 0 }, ...journey.nodes].map(({ nodeId, passed, inside }): [string, NodeFigures] => [nodeId, { nodeId, waiting: inside, passed, capped: passed['capped'] ?? 0, stopped: 0, failed: [], failedHere: 0, wait: null, messages: [] }]);
  return { entered: journey.entered, inside: journey.inside, endings, refusedEntries: [], versions: [], nodes: Object.fromEntries(nodes), today: { since, entered: 0, endings: [], refusedEntries: [], passed: {} } };
}

export function SimulatedNotice({ simulationId }: { simulationId: string }) {
  const t = useTranslations('simulate');
  const { dateTime } = useFormats();
  const store = useCanvasStore();
  const journeyId = useCanvas((state) => state.journeyId);
  const address = usePathname();
  const { data } = useQuery({ queryKey: ['simulations', simulationId], queryFn: () => simulationApi.read(simulationId), staleTime: Infinity });
  const journey = data?.result?.journeys.find((each) => each.journeyId === journeyId);
  useEffect(() => {
    store.getState().set({ figures: journey && data ? figuresOf(journey, data.from) : null });
    return () => store.getState().set({ figures: null });
  }, [journey, data, store]);
  if (!data) return null;
  return (
    <div className={classes.pathNotice} role="status">
      <IconTimeline size={16} stroke={1.6} aria-hidden />
      <span>{t('noticeOnCanvas', { date: dateTime(data.createdAt) })} <Anchor component={Link} href={`/journeys/simulations/${simulationId}`}>{t('open')}</Anchor></span>
      <Button component={Link} href={address} variant="default" size="compact-xs">{t('hide')}</Button>
    </div>
  );
}
