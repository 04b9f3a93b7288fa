'use client';
/** The keyboard on the canvas: arrows move along the journey, Enter edits, A adds, Del removes, Ctrl-Z takes back. */
import { useEffect, type KeyboardEvent } from 'react';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { useCanvasStore, usualPort, type CanvasStore } from './canvas-store.ts';
import { neighbourOf, type Direction } from './navigate.ts';

const ARROWS: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Undo and redo, wherever the keyboard is but in a field that undoes its own typing. */
export function useUndoKeys(): void {
  const store = useCanvasStore();
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) store.getState().redo();
      else store.getState().undo();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [store]);
}

function openAddMenu(store: CanvasStore, id: string): void {
  const state = store.getState();
  const port = usualPort(state.drawing.journey, id);
  const box = document.querySelector(`[data-card="${id}"]`)?.getBoundingClientRect();
  if (port.nodeId === id && !state.readOnly) state.set({ adding: { port, x: box ? box.left + 24 : 240, y: box?.bottom ?? 240 } });
}

/** For the wrapper of the canvas and of the outline. */
export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const store = useCanvasStore();
  return (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const onCard = event.target instanceof HTMLElement && event.target.dataset['card'] !== undefined;
    const state = store.getState();
    const id = state.selected[0] ?? ENTRY;
    const direction = ARROWS[event.key];
    if (direction && onCard) {
      event.preventDefault();
      const next = neighbourOf(state.drawing.journey, id, direction);
      if (next) state.show(next);
    } else if (event.key === 'Enter' && onCard) {
      event.preventDefault();
      state.edit(id);
    } else if ((event.key === 'a' || event.key === 'A' || event.key === '+') && onCard) {
      event.preventDefault();
      openAddMenu(store, id);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      state.deleteSelected();
      state.set({ showRequests: store.getState().showRequests + 1 });
    } else if (event.key === 'Escape') state.select([]);
  };
}
