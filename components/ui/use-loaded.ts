'use client';
/** A part of the program that is loaded only once it is wanted: null until then and while it loads. */
import { useEffect, useState } from 'react';

/** `load` stays the same function over all renders, and its value is never null. Without a network it is tried again when it is wanted anew. */
export function useLoaded<T>(wanted: boolean, load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<{ value: T } | null>(null);
  useEffect(() => {
    if (wanted) load().then((value) => setLoaded((current) => current ?? { value }), () => {});
  }, [wanted, load]);
  return loaded?.value ?? null;
}
