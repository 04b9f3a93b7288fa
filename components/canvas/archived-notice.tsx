'use client';
/** Says that the journey is in the archive, where it can be read and not drawn, and brings it back (§8.6). */
import { Button } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import { liveApi } from './live-api.ts';
import classes from './live-changes.module.css';
import { useNotify } from './use-notify.ts';

export function ArchivedNotice({ journeyId, since }: { journeyId: string; since: string }) {
  const t = useTranslations('journeys');
  const { dateTime } = useFormats();
  const sentence = useProblemSentence();
  const notify = useNotify();
  const client = useQueryClient();
  const mayRun = useCan('journeys:publish');
  const restore = useMutation({
    mutationFn: () => liveApi.restore(journeyId),
    onError: (error) => notify(sentence(error), 'danger'),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['designer', journeyId] });
      await client.invalidateQueries({ queryKey: ['journeys'] });
    },
  });
  return (
    <div className={classes.notice} role="status" data-archived>
      <IconArchive size={16} stroke={1.6} aria-hidden />
      <span>{t('archivedSince', { date: dateTime(since) })}</span>
      {mayRun && <Button variant="default" size="compact-xs" loading={restore.isPending} onClick={() => restore.mutate()}>{t('restore')}</Button>}
    </div>
  );
}
