'use client';
/** The figures of a past day on the canvas, in place of today's, and the way back to now. */
import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { journeyApi } from './journey-api.ts';
import { useDayText } from './use-day-text.ts';

export function DayNotice({ date }: { date: string }) {
  const t = useTranslations('understand.days');
  const dayText = useDayText();
  const store = useCanvasStore();
  const journeyId = useCanvas((state) => state.journeyId);
  const { data, isError } = useQuery({ queryKey: ['designer', journeyId, 'day', date], queryFn: () => journeyApi.day(journeyId, date), staleTime: 60_000, placeholderData: keepPreviousData });
  // Versions are those of now: the next one's number is theirs.
  useEffect(() => { if (data) store.getState().set({ figures: { ...data, versions: store.getState().figures?.versions ?? [] } }); }, [data, store]);
  return (
    <div className={classes.pathNotice} role="status" data-day={date}>
      <IconHistory size={16} stroke={1.6} aria-hidden />
      <span>{isError ? t('error') : t('shown', { date: dayText(date) })}{data?.isEstimate ? ` ${t('estimate')}` : ''}</span>
      <Button variant="default" size="compact-xs" onClick={() => store.getState().set({ day: null })}>{t('back')}</Button>
    </div>
  );
}
