'use client';
/** Saves the draft by itself, a moment after the last edit. What cannot be saved is kept here, said, and tried again; a draft changed elsewhere is put together with this one. */
import { useCallback, useEffect, useRef } from 'react';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { rebase } from '#domain/journeys/operations/history.ts';
import { mergeDrafts } from '#domain/journeys/operations/merge-drafts.ts';
import { ApiProblem } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCanvasStore, type CanvasStore } from './canvas-store.ts';
import { journeyApi } from './journey-api.ts';
import { placeJourney } from './place-journey.ts';
import { useSpeech } from './speech-context.tsx';
import { useNotify } from './use-notify.ts';

const PAUSE_MS = 700;
const RETRY_MS = 4_000;

/**
 * The draft was saved from elsewhere. An answer that was lost on its way is no meeting: the draft there is what was sent from here. What
 * somebody else drew is put together with this drawing; only where both changed the same part does a person choose.
 */
export async function meetOther(store: CanvasStore, sent: Journey | null): Promise<'own' | 'merged' | 'conflict'> {
  const { draft, draftRevision } = await journeyApi.read(store.getState().journeyId);
  const theirs = await placeJourney(draft);
  const { base, drawing, adopt, set } = store.getState();
  if (sent !== null && canonicalBody(draft) === canonicalBody(sent)) {
    set({ revision: draftRevision, base: sent, saving: { kind: 'unsaved' } });
    return 'own';
  }
  const merge = mergeDrafts({ base, mine: drawing.journey, theirs });
  if (merge.conflicts.length > 0) {
    set({ saving: { kind: 'conflict' }, meeting: { theirs, revision: draftRevision, merge } });
    return 'conflict';
  }
  adopt(rebase(drawing, merge.journey, merge.theirs), theirs, draftRevision);
  return 'merged';
}

type Say = { sentence: (error: unknown) => string; merged: () => void };

async function saveOnce(store: CanvasStore, { sentence, merged }: Say, sent: { current: Journey | null }): Promise<void> {
  const { journeyId, revision, drawing, set } = store.getState();
  set({ saving: { kind: 'saving' } });
  const before = sent.current;
  sent.current = drawing.journey;
  try {
    const { draftRevision } = await journeyApi.saveDraft(journeyId, revision, drawing.journey);
    set({ revision: draftRevision, base: drawing.journey });
    store.getState().set({ saving: store.getState().drawing.journey === drawing.journey ? { kind: 'saved', at: Date.now() } : { kind: 'unsaved' } });
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'journey.revision') {
      try {
        if ((await meetOther(store, before)) === 'merged') merged();
      } catch {
        set({ saving: { kind: 'offline' } });
      }
    } else if (error instanceof ApiProblem && (error.code === 'offline' || error.status >= 500)) set({ saving: { kind: 'offline' } });
    else set({ saving: { kind: 'failed', message: sentence(error) } });
  }
}

/** Answers a function that saves now and says whether all is saved. */
export function useAutosave(): () => Promise<boolean> {
  const store = useCanvasStore();
  const sentence = useProblemSentence();
  const { words } = useSpeech();
  const notify = useNotify();
  const running = useRef<Promise<void> | null>(null);
  const sent = useRef<Journey | null>(null);
  const flush = useCallback(async (): Promise<boolean> => {
    for (let turn = 0; turn < 5; turn += 1) {
      while (running.current) await running.current;
      const { saving, readOnly } = store.getState();
      if (readOnly || saving.kind === 'saved' || saving.kind === 'conflict') return saving.kind !== 'conflict';
      if (turn > 0 && (saving.kind === 'offline' || saving.kind === 'failed')) return false;
      running.current = saveOnce(store, { sentence, merged: () => notify(words('saving.merged')) }, sent).finally(() => { running.current = null; });
    }
    return store.getState().saving.kind === 'saved';
  }, [store, sentence, words, notify]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = store.subscribe((state, before) => {
      if (state.saving === before.saving && state.drawing === before.drawing) return;
      clearTimeout(timer);
      if (state.saving.kind === 'unsaved') timer = setTimeout(() => void flush(), PAUSE_MS);
      if (state.saving.kind === 'offline') timer = setTimeout(() => void flush(), RETRY_MS);
    });
    const warn = (event: BeforeUnloadEvent): void => {
      if (store.getState().saving.kind !== 'saved' && !store.getState().readOnly) event.preventDefault();
    };
    const back = (): void => { if (store.getState().saving.kind === 'offline') void flush(); };
    window.addEventListener('beforeunload', warn);
    window.addEventListener('online', back);
    return () => { clearTimeout(timer); unsubscribe(); window.removeEventListener('online', back); window.removeEventListener('beforeunload', warn); void flush(); };
  }, [store, flush]);
  return flush;
}
