'use client';
/**
 * Leads what a scanner types to the till, wherever the focus is: the field that it typed into gets back what stood in it, and its Enter presses nothing.
 * In the till's own field, which is marked `data-scans`, it types as everybody does.
 */
import { useEffect, useRef } from 'react';
import { WedgeReader } from '#components/till/wedge.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;
const isField = (element: Element | null): element is Field => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;

/** As if typed, so that whoever keeps the field's value hears of it. */
function putBack(field: Field, value: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

export function useWedge(onScan: (text: string) => void): void {
  const scan = useRef(onScan);
  scan.current = onScan;
  useEffect(() => {
    const reader = new WedgeReader();
    let before: { field: Field; value: string } | null = null;
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const field = isField(document.activeElement) ? document.activeElement : null;
      const value = field?.value ?? '';
      const read = reader.read(event.key, event.timeStamp);
      if (event.key.length === 1 && reader.length === 1) before = field ? { field, value } : null;
      if (typeof read === 'object') {
        if (field?.dataset['scans'] !== undefined) return;
        event.preventDefault();
        event.stopPropagation();
        if (before) putBack(before.field, before.value);
        before = null;
        scan.current(read.scanned);
      } else if (read === 'burst' && !field) event.preventDefault();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}
