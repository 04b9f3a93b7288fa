'use client';
/** Everything the designer can be told by key or by name: one list for the keyboard, the palette of actions and the sheet of shortcuts. */
import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { addNote, ALIGNMENTS, alignSelection, beginMove, duplicateBranch, duplicateSelection, nudge, selectBranch, shift } from './canvas-actions.ts';
import { useCanvasStore } from './canvas-store.ts';
import { useCopy } from './use-clipboard.ts';
import { FIT } from './use-flow-view.ts';

/** `keys` as a keyboard event says them, with modifiers before: `mod+d`, `alt+ArrowUp`. */
export type Command = { id: string; keys: readonly string[]; writes: boolean; /** Whether it is about what is selected. */ onSelection?: boolean; run: () => void };

const group = (writes: boolean, commands: readonly Omit<Command, 'writes'>[]): Command[] => commands.map((command) => ({ ...command, writes }));

export function useCommands({ publish, toggleOutline }: { publish: () => void; toggleOutline: () => void }): readonly Command[] {
  const store = useCanvasStore();
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  const copy = useCopy();
  return useMemo(() => {
    const state = () => store.getState();
    const first = (): string => state().selected[0] ?? ENTRY;
    return [
      ...group(true, [
        { id: 'duplicate', keys: ['mod+d'], onSelection: true, run: () => duplicateSelection(store) },
        { id: 'duplicateBranch', keys: ['mod+shift+d'], onSelection: true, run: () => duplicateBranch(store) },
        { id: 'move', keys: ['m'], onSelection: true, run: () => beginMove(store) },
        { id: 'earlier', keys: ['alt+ArrowUp'], onSelection: true, run: () => shift(store, first(), 'earlier') },
        { id: 'later', keys: ['alt+ArrowDown'], onSelection: true, run: () => shift(store, first(), 'later') },
        { id: 'nudgeLeft', keys: ['mod+ArrowLeft'], onSelection: true, run: () => nudge(store, -1, 0) },
        { id: 'nudgeRight', keys: ['mod+ArrowRight'], onSelection: true, run: () => nudge(store, 1, 0) },
        { id: 'nudgeUp', keys: ['mod+ArrowUp'], onSelection: true, run: () => nudge(store, 0, -1) },
        { id: 'nudgeDown', keys: ['mod+ArrowDown'], onSelection: true, run: () => nudge(store, 0, 1) },
        { id: 'delete', keys: ['Delete', 'Backspace'], onSelection: true, run: () => { state().deleteSelected(); state().set({ showRequests: state().showRequests + 1 }); } },
        { id: 'note', keys: ['n'], run: () => addNote(store) },
        { id: 'tidy', keys: ['t'], run: () => void state().tidy() },
        { id: 'undo', keys: ['mod+z'], run: () => state().undo() },
        { id: 'redo', keys: ['mod+shift+z', 'mod+y'], run: () => state().redo() },
        { id: 'publish', keys: ['mod+Enter'], run: publish },
        ...ALIGNMENTS.map((how) => ({ id: `align_${how}`, keys: [], onSelection: true, run: () => alignSelection(store, how) })),
      ]),
      ...group(false, [
        { id: 'copy', keys: [], onSelection: true, run: () => void copy() },
        { id: 'branch', keys: ['b'], onSelection: true, run: () => selectBranch(store) },
        { id: 'all', keys: ['mod+a'], run: () => state().select([...Object.keys(state().nodes), ...(state().drawing.journey.notes ?? []).map(({ id }) => id)]) },
        { id: 'find', keys: ['mod+f'], run: () => state().set({ overlay: 'find' }) },
        { id: 'actions', keys: ['mod+k'], run: () => state().set({ overlay: 'actions' }) },
        { id: 'shortcuts', keys: ['?'], run: () => state().set({ overlay: 'shortcuts' }) },
        { id: 'fit', keys: ['f'], run: () => void fitView(FIT) },
        { id: 'zoomIn', keys: ['.'], run: () => void zoomIn() },
        { id: 'zoomOut', keys: [','], run: () => void zoomOut() },
        { id: 'outline', keys: ['o'], run: toggleOutline },
        { id: 'problems', keys: ['p'], run: () => state().set({ foot: state().foot === 'problems' ? null : 'problems' }) },
        { id: 'versions', keys: ['v'], run: () => state().set({ foot: state().foot === 'versions' ? null : 'versions' }) },
        { id: 'export', keys: ['e'], run: () => state().set({ overlay: 'export' }) },
      ]),
    ];
  }, [store, fitView, zoomIn, zoomOut, copy, publish, toggleOutline]);
}

/** A pressed key in the words of the list. */
export function keyOf(event: { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean }): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isLetter = /^[a-z]$/.test(key);
  const mod = event.ctrlKey || event.metaKey;
  return [mod && 'mod', event.shiftKey && (isLetter || key.length > 1) && 'shift', event.altKey && 'alt', key].filter(Boolean).join('+');
}
