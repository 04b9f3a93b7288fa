'use client';
/** What is typed between asking for the search and its field taking the keyboard: whoever types on at once loses no letter. */
import { useEffect, useState } from 'react';

/** After it, keys are the page's again, whatever became of the search. */
const MOST_MS = 5_000;

const hasField = (): boolean => document.activeElement instanceof HTMLInputElement && document.activeElement.closest('[role="dialog"]') !== null;

/** `searches` counts how often the search was asked for. */
export function useTypedAhead(searches: number): string {
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (searches === 0) return;
    setTyped('');
    const stop = (): void => {
      document.removeEventListener('keydown', hear, true);
      clearTimeout(timer);
    };
    const hear = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' || hasField()) return stop();
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
      event.preventDefault();
      event.stopPropagation();
      setTyped((before) => before + event.key);
    };
    const timer = setTimeout(stop, MOST_MS);
    document.addEventListener('keydown', hear, true);
    return stop;
  }, [searches]);
  return typed;
}
