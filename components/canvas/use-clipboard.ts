'use client';
/** Copy, cut and paste of steps as JSON, by the browser's own clipboard: between journeys, windows and workspaces. */
import { useCallback, useEffect } from 'react';
import { copySelection, pasteText } from './canvas-actions.ts';
import { useCanvasStore } from './canvas-store.ts';
import { useSpeech } from './speech-context.tsx';
import { useNotify } from './use-notify.ts';
import { isTyping } from './is-typing.ts';

/** Copies by command: from a menu, where no key was pressed. */
export function useCopy(): () => Promise<void> {
  const store = useCanvasStore();
  const { names, words } = useSpeech();
  const notify = useNotify();
  return useCallback(async () => {
    const text = copySelection(store, names);
    if (text === null) return;
    try {
      await navigator.clipboard.writeText(text);
      notify(words('clipboard.copied', { count: store.getState().selected.length }));
    } catch {
      notify(words('clipboard.refused'), 'danger');
    }
  }, [store, names, words, notify]);
}

/** Says what a paste did; `text` is what the clipboard holds. */
export function usePaste(): (text: string) => boolean {
  const store = useCanvasStore();
  const { words } = useSpeech();
  const notify = useNotify();
  return useCallback(
    (text) => pasteText(store, text, (missing) => notify(words('clipboard.missing', { names: missing.join(', '), count: missing.length }), 'danger')),
    [store, words, notify],
  );
}

export function useClipboardKeys(): void {
  const store = useCanvasStore();
  const { names } = useSpeech();
  const paste = usePaste();
  useEffect(() => {
    const isElsewhere = (): boolean => isTyping(document.activeElement) || (document.getSelection()?.toString() ?? '') !== '' || document.querySelector('[role="dialog"]') !== null;
    const copy = (event: ClipboardEvent): void => {
      const text = isElsewhere() ? null : copySelection(store, names);
      if (text === null || !event.clipboardData) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', text);
      if (event.type === 'cut') store.getState().deleteSelected();
    };
    const put = (event: ClipboardEvent): void => {
      if (!isElsewhere() && paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', put);
    return () => { document.removeEventListener('copy', copy); document.removeEventListener('cut', copy); document.removeEventListener('paste', put); };
  }, [store, names, paste]);
}
