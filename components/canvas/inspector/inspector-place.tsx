'use client';
/** Where the details of what is selected stand. Their forms are fetched when the person first moves, types or touches, so that the canvas comes up before them; without a connection drawing goes on. */
import { useEffect } from 'react';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { LoadingState } from '#components/ui/states.tsx';
import { useLoaded } from '#components/ui/use-loaded.ts';
import { useTouched } from '#components/ui/use-touched.ts';
import classes from './inspector.module.css';

const loadInspector = () => import('./inspector.tsx').then((loaded) => loaded.Inspector);

/** Fetches at the first sign of a person what they need to work, whether or not there is a connection later; answers whether there has been one. */
export function useTools(): boolean {
  const touched = useTouched();
  useEffect(() => {
    if (touched) void Promise.all([loadInspector(), import('#components/canvas/tidy-layout.ts')]).catch(() => {});
  }, [touched]);
  return touched;
}

export function InspectorPlace({ onClose }: { onClose?: () => void }) {
  const { words } = useSpeech();
  const touched = useTouched();
  const isEmpty = useCanvas((state) => state.selected.length === 0);
  const Inspector = useLoaded(touched || !isEmpty, loadInspector);
  if (Inspector) return <Inspector {...(onClose && { onClose })} />;
  return (
    <aside className={classes.inspector} aria-label={words('inspector.label')} data-inspector>
      {isEmpty ? <div className={classes.empty}><h2>{words('inspector.empty')}</h2><p>{words('inspector.emptyHelp')}</p></div> : <LoadingState lines={6} />}
    </aside>
  );
}
