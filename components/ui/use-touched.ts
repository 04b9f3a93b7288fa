'use client';
/** Whether the person has moved, typed or touched since the page came up: the moment to fetch what only a person at work needs. */
import { useEffect, useState } from 'react';

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

export function useTouched(): boolean {
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    const touch = (): void => setTouched(true);
    for (const sign of SIGNS) window.addEventListener(sign, touch, { once: true, passive: true });
    return () => { for (const sign of SIGNS) window.removeEventListener(sign, touch); };
  }, []);
  return touched;
}
