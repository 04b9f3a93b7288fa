'use client';
/** What an e-mail was before each change: undo and redo, two hundred deep; what is typed in one place within a second is one step. */
import { useRef, useState } from 'react';
import type { EmailDocument } from '#domain/messages/email-blocks.ts';

const DEPTH = 200;
const TOGETHER_MS = 1_000;

type History = { past: EmailDocument[]; future: EmailDocument[] };

/** `change` with the name of the place that is being typed in. `undo` and `redo` are null when there is nothing. */
export function useDocumentHistory(document: EmailDocument, onDocument: (document: EmailDocument) => void): { change: (next: EmailDocument, place?: string) => void; undo: (() => void) | null; redo: (() => void) | null } {
  const [{ past, future }, setHistory] = useState<History>({ past: [], future: [] });
  const last = useRef<{ place: string | undefined; at: number }>({ place: undefined, at: 0 });
  const change = (next: EmailDocument, place?: string): void => {
    const isSame = place !== undefined && last.current.place === place && performance.now() - last.current.at < TOGETHER_MS;
    last.current = { place, at: performance.now() };
    setHistory({ past: isSame && past.length > 0 ? past : [...past.slice(1 - DEPTH), document], future: [] });
    onDocument(next);
  };
  const [before, after] = [past.at(-1), future[0]];
  const undo = before && ((): void => {
    setHistory({ past: past.slice(0, -1), future: [document, ...future] });
    last.current = { place: undefined, at: 0 };
    onDocument(before);
  });
  const redo = after && ((): void => {
    setHistory({ past: [...past, document], future: future.slice(1) });
    onDocument(after);
  });
  return { change, undo: undo ?? null, redo: redo ?? null };
}
