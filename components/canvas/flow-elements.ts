/** The journey as React Flow wants it: nodes and edges by id, the same objects as before where nothing changed. */
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react';
import type { Journey } from '#domain/journeys/definition.ts';
import { edgesOf, portsOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { CARD_WIDTH, ENTRY_POSITION, ENTRY_WIDTH, heightOf } from './layout.ts';

/** Above this, only the cards in view are drawn. */
export const MANY_NODES = 150;

type Guess = Pick<Node, 'measured' | 'handles'>;
const handle = (type: NodeHandle['type'], id: string, x: number, y: number): NodeHandle => ({ type, id, x: x - 5, y: y - 5, width: 10, height: 10, position: type === 'target' ? Position.Top : Position.Bottom });

/** Where the sides of a card will be, so that one out of view need not be drawn to be measured: the size is corrected when it comes into view. */
function guess(id: string, ports: readonly string[]): Guess {
  const [width, height] = [id === ENTRY ? ENTRY_WIDTH : CARD_WIDTH, heightOf({}, id)];
  return { measured: { width, height }, handles: [...(id === ENTRY ? [] : [handle('target', 'in', width / 2, 0)]), ...ports.map((port, index) => handle('source', port, (width * (index + 0.5)) / ports.length, height))] };
}

/** Once a card was measured, its own sides count. */
export const withoutGuess = (node: Node): Node => {
  const { handles: _, ...measured } = node;
  return measured;
};

export function syncNodes(old: readonly Node[], journey: Journey, selected: readonly string[]): Node[] {
  const before = new Map(old.map((node) => [node.id, node]));
  const isLong = journey.nodes.length > MANY_NODES;
  const wanted = [
    { id: ENTRY, type: 'entry', position: ENTRY_POSITION, guessed: (): Guess => guess(ENTRY, ['next']) },
    ...journey.nodes.map((node) => ({ id: node.id, type: node.kind as string, position: node.position ?? { x: 0, y: 0 }, guessed: () => guess(node.id, portsOf(node)) })),
    ...(journey.notes ?? []).map(({ id, position }) => ({ id, type: 'note', position, guessed: (): Guess => ({}) })),
  ];
  const chosen = new Set(selected);
  // Only the entry says that it can't be dragged: what a card says of itself outweighs the canvas, which holds all of them still for a reader and while Space is held.
  return wanted.map(({ id, type, position, guessed }) => {
    const isSelected = chosen.has(id);
    const known = before.get(id);
    if (known && known.position.x === position.x && known.position.y === position.y && Boolean(known.selected) === isSelected) return known;
    return { ...(known ?? (isLong ? guessed() : {})), id, type, position, data: known?.data ?? {}, selected: isSelected, ...(id === ENTRY && { draggable: false }), deletable: false, focusable: false };
  });
}

export const flowEdges = (journey: Journey): Edge[] =>
  edgesOf(journey).map(({ from, to }) => ({ id: `${from.nodeId} ${from.port}`, type: 'branch', source: from.nodeId, sourceHandle: from.port, target: to, targetHandle: 'in', focusable: false, deletable: false, selectable: false, reconnectable: true }));
