'use client';
/** The keyboard of the designer: commands by their keys; on a card, arrows move along the journey, Enter edits and A adds. */
import { useEffect, type KeyboardEvent } from 'react';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { keyOf, type Command } from './canvas-commands.ts';
import { useCanvasStore, usualPort, type CanvasStore } from './canvas-store.ts';
import { isTyping } from './is-typing.ts';
import { neighbourOf, type Direction } from './navigate.ts';

const ARROWS: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };
/** What works from a field, too: it never means anything there. */
const ANYWHERE = ['mod+Enter', 'mod+f', 'mod+k'];

/** The commands, wherever the keyboard is but in a field or a dialog. A single key works on the canvas and in the outline only. */
export function useCommandKeys(commands: readonly Command[]): void {
  const store = useCanvasStore();
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      const pressed = keyOf(event);
      // From nowhere on the page, an arrow leads to where one was, or to the entry.
      if (event.target === document.body && pressed in ARROWS && !event.defaultPrevented) {
        event.preventDefault();
        return store.getState().show(store.getState().selected[0] ?? ENTRY);
      }
      const command = commands.find(({ keys }) => keys.includes(pressed));
      if (!command || event.defaultPrevented || (isTyping(event.target) && !ANYWHERE.includes(pressed)) || document.querySelector('[role="dialog"]:not(:has([data-inspector])), [role="menu"]')) return;
      const { readOnly, selected } = store.getState();
      const isModified = /^(mod|alt)\+/.test(pressed);
      const here = event.target instanceof HTMLElement && (event.target === document.body || event.target.closest('[data-stage], [data-outline-list]') !== null);
      if ((command.writes && readOnly) || (!isModified && !here) || (command.onSelection && !selected.some((id) => id !== ENTRY))) return;
      event.preventDefault();
      event.stopPropagation();
      command.run();
    };
    // Before the page's own Ctrl-K, whose search is the last line of ours.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [store, commands]);
}

export function openAddMenu(store: CanvasStore, id: string, element?: Element | null): void {
  const state = store.getState();
  const port = usualPort(state.drawing.journey, id);
  const box = (element ?? document.querySelector(`[data-card="${id}"]`))?.getBoundingClientRect();
  if (port.nodeId === id && !state.readOnly) state.set({ adding: { port, x: box ? box.left + 24 : 240, y: box?.bottom ?? 240 } });
}

/** For the wrapper of the canvas. */
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
      if (next && event.shiftKey) state.set({ selected: [next, ...state.selected.filter((each) => each !== next)], showRequests: state.showRequests + 1 });
      else if (next) state.show(next);
    } else if (event.key === 'Enter' && onCard) {
      event.preventDefault();
      state.edit(id);
    } else if ((event.key === 'a' || event.key === 'A' || event.key === '+') && onCard) {
      event.preventDefault();
      openAddMenu(store, id);
    } else if (event.key === 'Escape') state.set({ selected: [], moving: [] });
  };
}
