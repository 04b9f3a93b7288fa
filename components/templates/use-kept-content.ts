'use client';
/** What is written but not saved, kept in this browser from one visit to the next, so that a closed window loses nothing. */
import { useEffect, useState } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { useSession } from '#components/session.tsx';

type Kept = { at: number; number: number | null; name: string; content: TemplateContent };
type Input = { key: string; number: number | null; name: string; content: TemplateContent; changed: boolean };

const PAUSE_MS = 400;

function read(place: string): Kept | null {
  try {
    // What is read here was written by this page, for the same version.
    const kept: Kept | null = JSON.parse(localStorage.getItem(place) ?? 'null');
    return kept;
  } catch {
    return null;
  }
}

/** `found`: what an earlier visit left for this version, until it is answered. */
export function useKeptContent({ key, number, name, content, changed }: Input): { found: Kept | null; answer: () => void; forget: () => void } {
  const { workspace } = useSession();
  const place = `parcours.template.${workspace.id}.${key}`;
  const [found, setFound] = useState<Kept | null>(null);
  const [looked, setLooked] = useState(false);
  useEffect(() => {
    const kept = read(place);
    setFound(kept && kept.number === number ? kept : null);
    setLooked(true);
    // Only when the page comes up: later it is this visit that writes there.
  }, []);
  useEffect(() => {
    if (!looked || found || !changed) return;
    const timer = setTimeout(() => localStorage.setItem(place, JSON.stringify({ at: Date.now(), number, name, content } satisfies Kept)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [place, number, name, content, changed, looked, found]);
  const forget = (): void => {
    localStorage.removeItem(place);
    setFound(null);
  };
  return { found, answer: () => setFound(null), forget };
}
