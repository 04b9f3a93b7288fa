'use client';
/** What can be done with the selected steps and notes, by hand, by key, from a menu or from the outline: one function each. */
import { branchOf, findNode, lastPortOf, rootOf } from '#domain/journeys/operations/graph.ts';
import { copyFragment, missingReferences, readFragment, renewIds, type Fragment } from '#domain/journeys/operations/fragment.ts';
import { ENTRY, type Port, type Position, type Positions } from '#domain/journeys/operations/operation.ts';
import type { References } from '#domain/journeys/node-kind.ts';
import { newNodeId, usualPort, type CanvasStore } from './canvas-store.ts';
import { CARD_WIDTH, ENTRY_WIDTH, GRID, makeRoom, placeAfter } from './layout.ts';
import type { Names } from './speech.ts';

const idsOf = (store: CanvasStore): string[] => store.getState().selected.filter((id) => id !== ENTRY);

/** The selected steps as text for the clipboard; null when none is selected. */
export function copySelection(store: CanvasStore, names: Names): string | null {
  const ids = idsOf(store);
  if (ids.length === 0) return null;
  return JSON.stringify(copyFragment(store.getState().drawing.journey, ids, { ...names.programmes, ...names.categories, ...names.offers, ...names.templates }));
}

function insert(store: CanvasStore, fragment: Fragment, kind: 'pasteNodes' | 'duplicateNodes', after: Port | null, at: Position | null): void {
  const { drawing, heights, act } = store.getState();
  const positions = [...fragment.nodes, ...fragment.notes].flatMap(({ position }) => position ?? []);
  const [left, top] = [Math.min(...positions.map(({ x }) => x)), Math.min(...positions.map(({ y }) => y))];
  const root = rootOf(fragment.nodes);
  const placed = after && root ? placeAfter(drawing.journey, after, heights) : null;
  const origin = root?.position ?? { x: left, y: top };
  const by = placed ? { x: placed.position.x - origin.x, y: placed.position.y - origin.y } : at && positions.length > 0 ? { x: at.x - left, y: at.y - top } : { x: CARD_WIDTH + 60, y: 0 };
  const fresh = renewIds(fragment, newNodeId, by);
  const moves = after && placed ? makeRoom(drawing.journey, after, fresh.nodes, heights) : {};
  act({ kind, nodes: fresh.nodes, notes: fresh.notes, ...(after && { after }), moves });
  if (store.getState().drawing !== drawing) store.setState((state) => ({ selected: [...fresh.nodes, ...fresh.notes].map(({ id }) => id), showRequests: state.showRequests + 1 }));
}

/** Where a paste goes: on the one selected step's way out, else where it is asked for. */
function placeForPaste(store: CanvasStore): Port | null {
  const { selected, drawing } = store.getState();
  const [only] = selected;
  if (selected.length !== 1 || only === undefined) return null;
  const port = usualPort(drawing.journey, only);
  return port.nodeId === only ? port : null;
}

/** What is to be done once the templates, offers and categories of the workspace have been loaded: at once when they are there. */
function onceReferencesAreKnown(store: CanvasStore, work: (references: References) => void): void {
  const { references } = store.getState();
  if (references) {
    work(references);
    return;
  }
  const stop = store.subscribe((state) => {
    if (!state.references) return;
    stop();
    work(state.references);
  });
}

/** Puts what a clipboard holds into the journey; false when it holds no steps. `sayMissing` is told the names of what the steps refer to and that is not here. */
export function pasteText(store: CanvasStore, text: string, sayMissing: (names: string[]) => void, at: Position | null = null): boolean {
  const fragment = readFragment(text);
  if (!fragment || store.getState().readOnly) return false;
  insert(store, fragment, 'pasteNodes', at ? null : placeForPaste(store), at);
  onceReferencesAreKnown(store, (references) => {
    const missing = missingReferences(fragment, references);
    if (missing.length > 0) sayMissing(missing);
  });
  return true;
}

/** Beside the original, connected among each other. */
export const duplicateSelection = (store: CanvasStore): void => insert(store, copyFragment(store.getState().drawing.journey, idsOf(store)), 'duplicateNodes', null, null);

/** The selected step with all that only it leads to. */
export function selectBranch(store: CanvasStore): void {
  const { drawing, selected } = store.getState();
  store.getState().select([...new Set(selected.flatMap((id) => branchOf(drawing.journey, id)))]);
}

export function duplicateBranch(store: CanvasStore): void {
  selectBranch(store);
  duplicateSelection(store);
}

/** The selected steps wait for a place: the next «+» that is pressed takes them. */
export const beginMove = (store: CanvasStore): void => store.getState().set({ moving: idsOf(store).filter((id) => id in store.getState().nodes) });

/** Moves steps onto a way out, and their cards with them. */
export function moveTo(store: CanvasStore, ids: readonly string[], to: Port): void {
  const { drawing, heights, act } = store.getState();
  const steps = drawing.journey.nodes.filter(({ id }) => ids.includes(id));
  const root = rootOf(steps);
  if (!root || ids.includes(to.nodeId)) return;
  const { position } = placeAfter(drawing.journey, to, heights);
  const by = { x: position.x - (root.position?.x ?? 0), y: position.y - (root.position?.y ?? 0) };
  const moved = steps.map((step) => ({ ...step, position: { x: (step.position?.x ?? 0) + by.x, y: (step.position?.y ?? 0) + by.y } }));
  const room = makeRoom(drawing.journey, to, moved, heights);
  act({ kind: 'moveSteps', nodeIds: [...ids], to, positions: { ...room, ...Object.fromEntries(moved.map((step) => [step.id, step.position])) } });
  store.setState((state) => ({ moving: [], selected: ids, showRequests: state.showRequests + 1 }));
}

/** Earlier or later along the way: a step changes places with the one before or after it. */
export function shift(store: CanvasStore, id: string, direction: 'earlier' | 'later'): void {
  const { journey } = store.getState().drawing;
  const into = (target: string): Port | null => {
    if (journey.entry.next === target) return { nodeId: ENTRY, port: 'next' };
    const from = journey.nodes.find((node) => node.id !== target && Object.values(node.next).includes(target));
    const port = from && Object.entries(from.next).find(([, to]) => to === target)?.[0];
    return from && port !== undefined ? { nodeId: from.id, port } : null;
  };
  const node = findNode(journey, id);
  if (!node) return;
  if (direction === 'earlier') {
    const before = into(id);
    const to = before && before.nodeId !== ENTRY ? into(before.nodeId) : null;
    if (to) moveTo(store, [id], to);
    return;
  }
  const out = lastPortOf([node], id);
  const next = out && findNode(journey, node.next[out.port] ?? '');
  const to = next && lastPortOf([next], next.id);
  if (to && next.id !== id) moveTo(store, [id], to);
}

export const ALIGNMENTS = ['left', 'center', 'right', 'top', 'middle', 'bottom', 'across', 'down'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** Cards in one line, or with equal distances across or down. */
export function alignSelection(store: CanvasStore, how: Alignment): void {
  const { drawing, heights, act } = store.getState();
  const notes = new Map((drawing.journey.notes ?? []).map((note) => [note.id, note]));
  const boxes = idsOf(store).flatMap((id) => {
    const at = findNode(drawing.journey, id)?.position ?? notes.get(id)?.position;
    return at ? [{ id, x: at.x, y: at.y, width: notes.get(id)?.width ?? CARD_WIDTH, height: heights[id] ?? 96 }] : [];
  });
  if (boxes.length < 2) return;
  const [left, right] = [Math.min(...boxes.map(({ x }) => x)), Math.max(...boxes.map(({ x, width }) => x + width))];
  const [top, bottom] = [Math.min(...boxes.map(({ y }) => y)), Math.max(...boxes.map(({ y, height }) => y + height))];
  const snap = (value: number): number => Math.round(value / (GRID / 2)) * (GRID / 2);
  const spread = (along: 'x' | 'y', size: 'width' | 'height', from: number, to: number): Positions => {
    const sorted = [...boxes].sort((one, other) => one[along] - other[along]);
    const gap = (to - from - sorted.reduce((sum, box) => sum + box[size], 0)) / (sorted.length - 1);
    let next = from;
    return Object.fromEntries(sorted.map(({ id, x, y, ...box }) => { const at = snap(next); next += box[size] + gap; return [id, along === 'x' ? { x: at, y } : { x, y: at }]; }));
  };
  const line = (place: (box: (typeof boxes)[number]) => Partial<Position>): Positions => Object.fromEntries(boxes.map((box) => [box.id, { x: box.x, y: box.y, ...place(box) }]));
  const positions = {
    left: () => line(() => ({ x: left })), right: () => line(({ width }) => ({ x: right - width })), center: () => line(({ width }) => ({ x: snap((left + right - width) / 2) })),
    top: () => line(() => ({ y: top })), bottom: () => line(({ height }) => ({ y: snap(bottom - height) })), middle: () => line(({ height }) => ({ y: snap((top + bottom - height) / 2) })),
    across: () => spread('x', 'width', left, right), down: () => spread('y', 'height', top, bottom),
  }[how]();
  act({ kind: 'alignNodes', positions });
}

/** Moves the selected cards and notes by a cell of the grid; several in a row are one edit. */
export function nudge(store: CanvasStore, across: number, down: number): void {
  const { drawing, act } = store.getState();
  const ids = new Set(idsOf(store));
  const parts = [...drawing.journey.nodes, ...(drawing.journey.notes ?? [])].filter(({ id }) => ids.has(id));
  act({ kind: 'moveNodes', positions: Object.fromEntries(parts.map(({ id, position }) => [id, { x: (position?.x ?? 0) + across * GRID, y: (position?.y ?? 0) + down * GRID }])) }, { merge: true });
}

/** A note at a place of the canvas, or beside what is selected, open for typing. */
export function addNote(store: CanvasStore, at?: Position): void {
  const { drawing, selected, act } = store.getState();
  const beside = findNode(drawing.journey, selected[0] ?? '')?.position ?? { x: ENTRY_WIDTH - CARD_WIDTH, y: 0 };
  const id = newNodeId('note');
  act({ kind: 'addNote', note: { id, text: '', position: at ?? { x: beside.x + CARD_WIDTH + 40, y: beside.y }, width: 240 } });
  if (store.getState().drawing !== drawing) store.setState((state) => ({ selected: [id], showRequests: state.showRequests + 1, editRequests: state.editRequests + 1 }));
}
