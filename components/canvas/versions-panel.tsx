'use client';
/** The published versions: when, by whom and why; each can be compared and taken back into the draft. */
import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { journeyApi } from './journey-api.ts';
import { placeJourney } from './place-journey.ts';
import { useSpeech } from './speech-context.tsx';
import { useMovedPeople } from './use-moved-people.ts';
import { useNotify } from './use-notify.ts';

export function useVersions() {
  const journeyId = useCanvas((state) => state.journeyId);
  const published = useCanvas((state) => state.figures?.versions.length ?? 0);
  return useQuery({ queryKey: ['designer', journeyId, 'versions', published], queryFn: async () => (await journeyApi.versions(journeyId)).items });
}

export function VersionsPanel() {
  const { words } = useSpeech();
  const { dateTime } = useFormats();
  const store = useCanvasStore();
  const notify = useNotify();
  const readOnly = useCanvas((state) => state.readOnly);
  const versions = useVersions();
  const moved = useMovedPeople();
  if (versions.isError) return <p role="alert">{words('version.error')} <Button variant="subtle" size="compact-xs" onClick={() => void versions.refetch()}>{words('page.retry')}</Button></p>;
  if (!versions.data) return null;
  if (versions.data.length === 0) return <p className="quiet">{words('foot.noVersions')}</p>;
  const restore = async (number: number): Promise<void> => {
    const { journeyId, act } = store.getState();
    try {
      const { definition } = await journeyApi.version(journeyId, number);
      act({ kind: 'restoreVersion', journey: await placeJourney(definition), number });
      notify(words('version.restored', { number }));
    } catch {
      notify(words('version.error'), 'danger');
    }
  };
  return (
    <>
      <Button variant="default" size="compact-sm" leftSection={<IconArrowsDiff size={14} aria-hidden />} onClick={() => store.getState().set({ overlay: 'compare' })}>{words('version.compare')}</Button>
      <ul className={classes.problems}>
        {versions.data.map(({ number, publishedAt, publishedBy, note }) => (
          <li key={number} className={classes.versionLine}>
            <b>{words('foot.version', { number })}</b>
            <span><span className="quiet">{words('version.line', { when: dateTime(publishedAt), who: publishedBy.replace(/^(user|key):/, '') })}</span>{note && <><br />{note}</>}{moved(number) && <><br /><span className="quiet">{moved(number)}</span></>}</span>
            {!readOnly && <Button variant="subtle" size="compact-xs" onClick={() => void restore(number)}>{words('version.restore')}</Button>}
          </li>
        ))}
      </ul>
    </>
  );
}
