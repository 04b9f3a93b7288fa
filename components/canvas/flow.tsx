'use client';
/** The canvas: React Flow drawing our store's journey. What a hand does here becomes operations; React Flow keeps nothing of its own but sizes and the view. */
import '@xyflow/react/dist/style.css';
import { applyNodeChanges, Background, BackgroundVariant, MiniMap, ReactFlow, useNodesInitialized, useReactFlow, type Connection, type FinalConnectionState, type Node, type NodeChange, type NodeTypes } from '@xyflow/react';
import { useMantineColorScheme } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState, type DragEvent } from 'react';
import { nodeKind, NODE_KIND_NAMES, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { ENTRY, type Port } from '#domain/journeys/operations/operation.ts';
import { BranchEdge } from './branch-edge.tsx';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { flowEdges, syncNodes } from './flow-elements.ts';
import { CARD_WIDTH, GRID } from './layout.ts';
import { NODE_VIEWS } from './node-views.ts';
import { EntryNode } from './nodes/entry-node.tsx';
import { DRAGGED_KIND } from './palette.tsx';
import { useSpeech } from './speech-context.tsx';

const NODE_TYPES: NodeTypes = { entry: EntryNode, ...Object.fromEntries(NODE_KIND_NAMES.map((kind) => [kind, NODE_VIEWS[kind].Card])) };
const EDGE_TYPES = { branch: BranchEdge };
const MANY_NODES = 150;
const SHOW_FRAMES = 40;
const FIT = { maxZoom: 1, padding: 0.14 } as const;
/** Below this nothing can be read: a longer journey begins at its entry instead. */
const READABLE_ZOOM = 0.7;

const isKind = (text: string): text is NodeKind => NODE_KIND_NAMES.some((kind) => kind === text);

/** The way out whose «+», or whose connection, lies under the pointer. */
function portUnder(x: number, y: number): Port | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const found = element.closest<HTMLElement>('[data-port-node], [data-edge-node]');
    if (found) return { nodeId: found.dataset['portNode'] ?? found.dataset['edgeNode'] ?? '', port: found.dataset['port'] ?? found.dataset['edgePort'] ?? 'next' };
    const edge = element.closest<SVGElement>('.react-flow__edge')?.dataset['id'];
    const [nodeId, port] = edge?.split(' ') ?? [];
    if (nodeId && port) return { nodeId, port };
  }
  return null;
}

function useFlowNodes(): { nodes: Node[]; onNodesChange: (changes: NodeChange[]) => void } {
  const store = useCanvasStore();
  const journey = useCanvas((state) => state.drawing.journey);
  const selected = useCanvas((state) => state.selected);
  const [nodes, setNodes] = useState<Node[]>(() => syncNodes([], journey, selected));
  useEffect(() => setNodes((old) => syncNodes(old, journey, selected)), [journey, selected]);
  const onNodesChange = useCallback((changes: NodeChange[]): void => {
    const heights = changes.flatMap((change) => (change.type === 'dimensions' && change.dimensions ? [[change.id, change.dimensions.height] as const] : []));
    if (heights.length > 0) store.getState().set({ heights: { ...store.getState().heights, ...Object.fromEntries(heights) } });
    const drawn = changes.filter((change) => change.type === 'position' || change.type === 'dimensions');
    if (drawn.length > 0) setNodes((old) => applyNodeChanges(drawn, old));
    const chosen = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
    if (chosen.length > 0) {
      const now = new Set(store.getState().selected);
      for (const { id, selected: isSelected } of chosen) if (isSelected) now.add(id); else now.delete(id);
      store.getState().select([...now]);
    }
  }, [store]);
  return { nodes, onNodesChange };
}

/** The first view: all of a short journey, the top of a long one. */
function useFirstView(): void {
  const { fitView, getNodes, getNodesBounds, setViewport } = useReactFlow();
  const ready = useNodesInitialized();
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
    if (!ready || seen || !pane) return;
    setSeen(true);
    const { width, height } = getNodesBounds(getNodes());
    if (Math.min(pane.width / width, pane.height / height) > READABLE_ZOOM) void fitView(FIT);
    else void setViewport({ x: pane.width / 2 - (CARD_WIDTH / 2) * READABLE_ZOOM, y: 32, zoom: READABLE_ZOOM });
  }, [ready, seen, fitView, getNodes, getNodesBounds, setViewport]);
}

/** Brings what was asked for into view, and the keyboard to it. */
function useShowSelected(): void {
  const { setCenter, getZoom, getNode } = useReactFlow();
  const store = useCanvasStore();
  const requests = useCanvas((state) => state.showRequests);
  useEffect(() => {
    if (requests === 0) return;
    // A new card is there, measured and visible, only some frames later.
    let frame = 0;
    const show = (left: number): void => {
      const [id] = store.getState().selected;
      const card = document.querySelector<HTMLElement>(`[data-card="${id}"]`);
      const node = id === undefined ? undefined : getNode(id);
      const isDrawn = card !== null && getComputedStyle(card).visibility !== 'hidden';
      if (!isDrawn && left > 0) {
        if (node && left === SHOW_FRAMES - 10) void setCenter(node.position.x + CARD_WIDTH / 2, node.position.y + 60, { zoom: Math.max(getZoom(), 0.6) });
        frame = requestAnimationFrame(() => show(left - 1));
        return;
      }
      const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
      const box = card?.getBoundingClientRect();
      const isInside = box && pane && box.top >= pane.top && box.bottom <= pane.bottom - 40 && box.left >= pane.left && box.right <= pane.right;
      if (node && !isInside) void setCenter(node.position.x + CARD_WIDTH / 2, node.position.y + 60, { zoom: Math.max(getZoom(), 0.6), duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150 });
      if (!document.activeElement?.closest('[data-inspector]')) card?.focus({ preventScroll: true });
    };
    frame = requestAnimationFrame(() => show(SHOW_FRAMES));
    return () => cancelAnimationFrame(frame);
  }, [requests, setCenter, getZoom, getNode, store]);
}

export function Flow({ minimap }: { minimap: boolean }) {
  const store = useCanvasStore();
  const { words } = useSpeech();
  const { colorScheme } = useMantineColorScheme();
  const { screenToFlowPosition } = useReactFlow();
  const journey = useCanvas((state) => state.drawing.journey);
  const readOnly = useCanvas((state) => state.readOnly);
  const { nodes, onNodesChange } = useFlowNodes();
  const edges = useMemo(() => flowEdges(journey), [journey]);
  const [far, setFar] = useState(false);
  useFirstView();
  useShowSelected();
  const connect = useCallback(({ source, sourceHandle, target }: Connection): void => store.getState().act({ kind: 'connect', from: { nodeId: source, port: sourceHandle ?? 'next' }, to: target }), [store]);
  const endConnect = useCallback((event: MouseEvent | TouchEvent, { isValid, fromNode, fromHandle, toNode }: FinalConnectionState): void => {
    if (isValid || toNode || !fromNode || fromHandle?.type !== 'source') return;
    const { clientX: x, clientY: y } = 'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
    store.getState().set({ adding: { port: { nodeId: fromNode.id, port: fromHandle.id ?? 'next' }, x, y } });
  }, [store]);
  const drop = (event: DragEvent): void => {
    const kind = event.dataTransfer.getData(DRAGGED_KIND);
    if (!isKind(kind)) return;
    event.preventDefault();
    const after = portUnder(event.clientX, event.clientY);
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    store.getState().addStep(kind, after ? { after } : { at: { x: Math.round((at.x - CARD_WIDTH / 2) / GRID) * GRID, y: Math.round((at.y - 24) / GRID) * GRID } });
  };
  return (
    <ReactFlow nodes={nodes} edges={edges} nodeTypes={NODE_TYPES} edgeTypes={EDGE_TYPES} onNodesChange={onNodesChange} onConnect={connect} onConnectEnd={endConnect} isValidConnection={({ target }) => target !== ENTRY}
      onNodeDragStop={(_event, _node, moved) => store.getState().act({ kind: 'moveNodes', positions: Object.fromEntries(moved.filter(({ id }) => id !== ENTRY).map(({ id, position }) => [id, position])) })}
      onNodeClick={(event, { id }) => { if (!event.shiftKey) store.getState().select([id]); }} onPaneClick={() => store.getState().select([])} onDrop={drop} onDragOver={(event) => { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; }}
      onMove={(_event, { zoom }) => setFar(zoom < 0.5)} nodesConnectable={!readOnly} nodesDraggable={!readOnly} nodesFocusable={false} edgesFocusable={false} disableKeyboardA11y deleteKeyCode={null} connectOnClick multiSelectionKeyCode="Shift" selectionKeyCode={null}
      snapToGrid snapGrid={[GRID, GRID]} minZoom={0.1} maxZoom={1.5} onlyRenderVisibleElements={journey.nodes.length > MANY_NODES} colorMode={colorScheme === 'auto' ? 'system' : colorScheme}
      proOptions={{ hideAttribution: true }} className={classes.flow} data-far={far || undefined} aria-label={words('canvas.label')} ariaLabelConfig={{ 'minimap.ariaLabel': words('canvas.minimap') }}>
      <Background variant={BackgroundVariant.Dots} gap={GRID} size={1} color="var(--line-strong)" bgColor="var(--ground)" />
      {minimap && <MiniMap pannable zoomable position="bottom-right" className={classes.minimap} nodeColor={({ type }) => `var(--family-${type === 'entry' || !type || !isKind(type) ? 'entry' : nodeKind(type).family})`} bgColor="var(--surface)" maskColor="color-mix(in srgb, var(--ground) 70%, transparent)" />}
    </ReactFlow>
  );
}
