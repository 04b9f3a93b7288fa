'use client';
/** Says every few seconds that this person draws here, hears who else does, and takes in what they have saved meanwhile. */
import { useEffect } from 'react';
import { useCanvasStore } from './canvas-store.ts';
import { journeyApi } from './journey-api.ts';
import { useSpeech } from './speech-context.tsx';
import { meetOther } from './use-autosave.ts';
import { useNotify } from './use-notify.ts';

const EVERY_MS = 4_000;

export function usePresence(): void {
  const store = useCanvasStore();
  const { words } = useSpeech();
  const notify = useNotify();
  useEffect(() => {
    let isOpen = true;
    const tell = async (): Promise<void> => {
      if (document.visibilityState === 'hidden') return;
      const { journeyId, selected } = store.getState();
      const { others, draftRevision } = await journeyApi.present(journeyId, selected[0] ?? null);
      const state = store.getState();
      if (!isOpen) return;
      if (JSON.stringify(others) !== JSON.stringify(state.others)) state.set({ others });
      // What is being drawn or saved right now meets the other's work when it is saved.
      if (draftRevision > state.revision && state.saving.kind === 'saved' && (await meetOther(store, null)) === 'merged') notify(words('saving.merged'));
    };
    // A connection that is lost is told by saving; presence just comes back.
    const again = (): void => void tell().catch(() => undefined);
    again();
    const timer = setInterval(again, EVERY_MS);
    return () => { isOpen = false; clearInterval(timer); };
  }, [store, notify, words]);
}
