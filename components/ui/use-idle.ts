'use client';
/** Whether the page has come up and the browser has had nothing to do since: the moment to fetch what may be needed later. */
import { useEffect, useState } from 'react';

const AFTER_MS = 5_000;

export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIdle(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return idle;
}
