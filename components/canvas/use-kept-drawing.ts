'use client';
/** Takes up the drawing that this browser kept when the designer opens, and keeps it after every edit. */
import { useEffect } from 'react';
import { DEEPEST_UNDO } from '#domain/journeys/operations/history.ts';
import { useCanvasStore, type CanvasStore } from './canvas-store.ts';
import { forgetOld, keepDrawing, readKept } from './kept-drawings.ts';
import { resumeDrawing } from './resume-drawing.ts';
import { useSpeech } from './speech-context.tsx';
import { useNotify } from './use-notify.ts';

const PAUSE_MS = 200;

function keep(store: CanvasStore): void {
  const { journeyId, revision, base, drawing } = store.getState();
  void keepDrawing({ journeyId, revision, base, drawing: { ...drawing, past: drawing.past.slice(-DEEPEST_UNDO) }, at: Date.now() });
}

export function useKeptDrawing(): void {
  const store = useCanvasStore();
  const { words } = useSpeech();
  const notify = useNotify();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let unsubscribe = (): void => undefined;
    let isOpen = true;
    const { journeyId, readOnly } = store.getState();
    if (readOnly) return undefined;
    const begin = async (): Promise<void> => {
      const kept = await readKept(journeyId);
      if (!isOpen) return;
      const { drawing: drawn, base, revision, adopt, set } = store.getState();
      const resumed = drawn.journey === base ? resumeDrawing(kept, base, revision) : { kind: 'fresh' as const };
      if (resumed.kind === 'drawing' || resumed.kind === 'merged') adopt(resumed.drawing, base, revision);
      if (resumed.kind === 'conflict') {
        adopt(resumed.drawing, base, revision);
        set({ saving: { kind: 'conflict' }, meeting: { theirs: base, revision, merge: resumed.merge } });
      }
      if (store.getState().saving.kind === 'unsaved') notify(words('saving.resumed'));
      unsubscribe = store.subscribe((state, before) => {
        if (state.drawing === before.drawing && state.base === before.base) return;
        clearTimeout(timer);
        timer = setTimeout(() => keep(store), PAUSE_MS);
      });
      void forgetOld(Date.now());
    };
    void begin();
    const leave = (): void => keep(store);
    window.addEventListener('pagehide', leave);
    return () => { isOpen = false; clearTimeout(timer); unsubscribe(); window.removeEventListener('pagehide', leave); if (store.getState().drawing.past.length > 0) keep(store); };
  }, [store, notify, words]);
}
