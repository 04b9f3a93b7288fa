'use client';
/** Whether the page has come up and the browser has had nothing to do since: the moment to fetch what may be needed later. */
import { useEffect, useState } from 'react';

export function useIdle(afterMs: number): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIdle(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return idle;
}
