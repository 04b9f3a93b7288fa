/** The journey as React Flow wants it: nodes and edges by id, the same objects as before where nothing changed. */
import type { Edge, Node } from '@xyflow/react';
import type { Journey } from '#domain/journeys/definition.ts';
import { edgesOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { ENTRY_POSITION } from './layout.ts';

export function syncNodes(old: readonly Node[], journey: Journey, selected: readonly string[]): Node[] {
  const before = new Map(old.map((node) => [node.id, node]));
  const wanted = [{ id: ENTRY, type: 'entry', position: ENTRY_POSITION }, ...journey.nodes.map(({ id, kind, position }) => ({ id, type: kind as string, position: position ?? { x: 0, y: 0 } })), ...(journey.notes ?? []).map(({ id, position }) => ({ id, type: 'note', position }))];
  // Only the entry says that it can't be dragged: what a card says of itself outweighs the canvas, which holds all of them still for a reader and while Space is held.
  return wanted.map(({ id, type, position }) => {
    const isSelected = selected.includes(id);
    const known = before.get(id);
    if (known && known.position.x === position.x && known.position.y === position.y && Boolean(known.selected) === isSelected) return known;
    return { ...known, id, type, position, data: known?.data ?? {}, selected: isSelected, ...(id === ENTRY && { draggable: false }), deletable: false, focusable: false };
  });
}

export const flowEdges = (journey: Journey): Edge[] =>
  edgesOf(journey).map(({ from, to }) => ({ id: `${from.nodeId} ${from.port}`, type: 'branch', source: from.nodeId, sourceHandle: from.port, target: to, targetHandle: 'in', focusable: false, deletable: false, selectable: false, reconnectable: true }));
