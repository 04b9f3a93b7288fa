'use client';
/** The cards as React Flow draws them: our journey's, gliding to where an edit put them, under the hand while they are dragged. */
import { applyNodeChanges, type Node, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { syncNodes, withoutGuess } from './flow-elements.ts';
import { alignWith, type Box, type Line } from './helper-lines.ts';
import { CARD_WIDTH, GRID } from './layout.ts';

const GLIDE_MS = 150;
const GLIDES_AT_MOST = 200;

const boxOf = ({ position: { x, y }, measured }: Node): Box => ({ x, y, width: measured?.width ?? CARD_WIDTH, height: measured?.height ?? 96 });

/** Calls `draw` with 0…1 over the time that cards take; at once with 1 for who wants no motion. Answers how to stop it. */
function glide(draw: (share: number) => void): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    draw(1);
    return () => undefined;
  }
  const begun = performance.now();
  let frame = 0;
  const step = (now: number): void => {
    const time = Math.min(1, (now - begun) / GLIDE_MS);
    draw(1 - (1 - time) ** 3);
    if (time < 1) frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}

/**
 * Puts what is dragged in its place: one card along helper lines, several by one step on the grid. React Flow's own grid is off: lines are sought from
 * where the hand is, since on the grid the middles of cards of different heights are never near each other.
 */
function snapDragged(changes: readonly NodeChange[], drawn: readonly Node[]): readonly Line[] {
  const dragged = changes.flatMap((change) => (change.type === 'position' && change.dragging && change.position ? [{ change, position: change.position }] : []));
  const [first] = dragged;
  const node = first && drawn.find(({ id }) => id === first.change.id);
  if (!first || !node) return [];
  const others = dragged.length === 1 ? drawn.flatMap((other) => (other.id === node.id ? [] : [boxOf(other)])) : [];
  const { x, y, lines } = alignWith({ ...boxOf(node), ...first.position }, others, GRID);
  const by = { x: x - first.position.x, y: y - first.position.y };
  for (const { change, position } of dragged) change.position = { x: position.x + by.x, y: position.y + by.y };
  return lines;
}

export function useFlowNodes(): { nodes: Node[]; lines: readonly Line[]; onNodesChange: (changes: NodeChange[]) => void } {
  const store = useCanvasStore();
  const journey = useCanvas((state) => state.drawing.journey);
  const selected = useCanvas((state) => state.selected);
  const [nodes, setNodes] = useState<Node[]>(() => syncNodes([], journey, selected));
  const [lines, setLines] = useState<readonly Line[]>([]);
  const drawn = useRef(nodes);
  useEffect(() => { drawn.current = nodes; }, [nodes]);
  useEffect(() => {
    const from = new Map(drawn.current.map(({ id, position }) => [id, position]));
    const to = syncNodes(drawn.current, journey, selected);
    const moved = to.filter(({ id, position }) => { const old = from.get(id); return old && (old.x !== position.x || old.y !== position.y); });
    if (moved.length === 0 || moved.length > GLIDES_AT_MOST) {
      setNodes(to);
      return undefined;
    }
    const ids = new Set(moved.map(({ id }) => id));
    return glide((share) => setNodes(share === 1 ? (now) => syncNodes(now, journey, selected) : (now) => syncNodes(now, journey, selected).map((node) => {
      const old = from.get(node.id);
      return ids.has(node.id) && old ? { ...node, position: { x: old.x + (node.position.x - old.x) * share, y: old.y + (node.position.y - old.y) * share } } : node;
    })));
  }, [journey, selected]);
  const onNodesChange = useCallback((changes: NodeChange[]): void => {
    const heights = changes.flatMap((change) => (change.type === 'dimensions' && change.dimensions ? [[change.id, change.dimensions.height] as const] : []));
    if (heights.length > 0) store.getState().set({ heights: { ...store.getState().heights, ...Object.fromEntries(heights) } });
    const guides = snapDragged(changes, drawn.current);
    // Where the hand let go, beside the lines and the grid.
    for (const change of changes) if (change.type === 'position' && change.dragging === false) delete change.position;
    if (guides.length > 0 || changes.some(({ type }) => type === 'position')) setLines((old) => (old.length === 0 && guides.length === 0 ? old : guides));
    const moved = changes.filter((change) => change.type === 'position' || change.type === 'dimensions');
    const sized = new Set(heights.map(([id]) => id));
    if (moved.length > 0) setNodes((old) => applyNodeChanges(moved, old).map((node) => (node.handles && sized.has(node.id) ? withoutGuess(node) : node)));
    const chosen = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
    if (chosen.length > 0) {
      const now = new Set(store.getState().selected);
      for (const { id, selected: isSelected } of chosen) if (isSelected) now.add(id); else now.delete(id);
      store.getState().select([...now]);
    }
  }, [store]);
  return { nodes, lines, onNodesChange };
}
