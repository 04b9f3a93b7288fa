'use client';
/** Files that wait to be sent: each with what is said of it, how far it is, and why it was refused. */
import { useEffect, useRef, useState } from 'react';
import { imageApi, type LibraryImage } from './image-types.ts';

/** `share` is null before it is sent. */
export type Pending = { id: string; file: File; preview: string; alt: string; share: number | null; failure: unknown };

export function usePending(language: string): { pending: Pending[]; busy: boolean; add: (files: Iterable<File>) => void; say: (id: string, alt: string) => void; leaveOut: (id: string) => void; send: () => Promise<LibraryImage[]> } {
  const [pending, setPending] = useState<Pending[]>([]);
  const previews = useRef(new Set<string>());
  useEffect(() => {
    const made = previews.current;
    return () => made.forEach((address) => URL.revokeObjectURL(address));
  }, []);
  const change = (id: string, part: Partial<Pending>): void => setPending((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const drop = (ids: readonly string[]): void => setPending((all) => all.filter(({ id, preview }) => {
    if (!ids.includes(id)) return true;
    URL.revokeObjectURL(preview);
    previews.current.delete(preview);
    return false;
  }));
  const add = (files: Iterable<File>): void => {
    const fresh = [...files].map((file): Pending => ({ id: crypto.randomUUID(), file, preview: URL.createObjectURL(file), alt: '', share: null, failure: null }));
    fresh.forEach(({ preview }) => previews.current.add(preview));
    setPending((all) => [...all, ...fresh]);
  };
  /** One after the other: the server draws each several times. What is refused stays, with its reason. */
  const send = async (): Promise<LibraryImage[]> => {
    const sent: LibraryImage[] = [];
    for (const { id, file, alt } of pending) {
      change(id, { share: 0, failure: null });
      try {
        sent.push(await imageApi.upload(file, alt.trim(), language, (share) => change(id, { share })));
        drop([id]);
      } catch (failure) {
        change(id, { share: null, failure });
      }
    }
    return sent;
  };
  return { pending, busy: pending.some(({ share }) => share !== null), add, say: (id, alt) => change(id, { alt }), leaveOut: (id) => drop([id]), send };
}
