'use client';
/** Saves the draft by itself, a moment after the last edit. What cannot be saved is kept here, said, and tried again; a draft changed elsewhere is a question. */
import { useCallback, useEffect, useRef } from 'react';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { ApiProblem } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCanvasStore, type CanvasStore } from './canvas-store.ts';
import { journeyApi } from './journey-api.ts';

const PAUSE_MS = 700;
const RETRY_MS = 4_000;

/** An answer that was lost on its way is no conflict: the draft there is what was sent from here. */
async function isOwn(store: CanvasStore, sent: Journey | null): Promise<boolean> {
  if (sent === null) return false;
  const { draft, draftRevision } = await journeyApi.read(store.getState().journeyId);
  if (canonicalBody(draft) !== canonicalBody(sent)) return false;
  store.getState().set({ revision: draftRevision, saving: { kind: 'unsaved' } });
  return true;
}

async function saveOnce(store: CanvasStore, sentence: (error: unknown) => string, sent: { current: Journey | null }): Promise<void> {
  const { journeyId, revision, drawing, set } = store.getState();
  set({ saving: { kind: 'saving' } });
  const before = sent.current;
  sent.current = drawing.journey;
  try {
    const { draftRevision } = await journeyApi.saveDraft(journeyId, revision, drawing.journey);
    set({ revision: draftRevision });
    store.getState().set({ saving: store.getState().drawing.journey === drawing.journey ? { kind: 'saved', at: Date.now() } : { kind: 'unsaved' } });
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'journey.revision') {
      if (!(await isOwn(store, before).catch(() => false))) set({ saving: { kind: 'conflict' } });
    } else if (error instanceof ApiProblem && (error.code === 'offline' || error.status >= 500)) set({ saving: { kind: 'offline' } });
    else set({ saving: { kind: 'failed', message: sentence(error) } });
  }
}

/** Answers a function that saves now and says whether all is saved. */
export function useAutosave(): () => Promise<boolean> {
  const store = useCanvasStore();
  const sentence = useProblemSentence();
  const running = useRef<Promise<void> | null>(null);
  const sent = useRef<Journey | null>(null);
  const flush = useCallback(async (): Promise<boolean> => {
    for (let turn = 0; turn < 5; turn += 1) {
      while (running.current) await running.current;
      const { saving, readOnly } = store.getState();
      if (readOnly || saving.kind === 'saved' || saving.kind === 'conflict') return saving.kind !== 'conflict';
      if (turn > 0 && (saving.kind === 'offline' || saving.kind === 'failed')) return false;
      running.current = saveOnce(store, sentence, sent).finally(() => { running.current = null; });
    }
    return store.getState().saving.kind === 'saved';
  }, [store, sentence]);
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
    window.addEventListener('beforeunload', warn);
    return () => { clearTimeout(timer); unsubscribe(); window.removeEventListener('beforeunload', warn); void flush(); };
  }, [store, flush]);
  return flush;
}
