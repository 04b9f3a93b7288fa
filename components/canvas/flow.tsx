'use client';
/** The canvas: React Flow drawing our store's journey. What a hand does here becomes operations; React Flow keeps nothing of its own but sizes and the view. */
import '@xyflow/react/dist/style.css';
import { Background, BackgroundVariant, MiniMap, ReactFlow, SelectionMode, useKeyPress, useReactFlow, type Connection, type Edge, type FinalConnectionState, type Node, type NodeTypes } from '@xyflow/react';
import { useMantineColorScheme } from '@mantine/core';
import { useCallback, useMemo, useState, type DragEvent } from 'react';
import { nodeKind, NODE_KIND_NAMES, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { ENTRY, type Port } from '#domain/journeys/operations/operation.ts';
import { BranchEdge } from './branch-edge.tsx';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { moveTo } from './canvas-actions.ts';
import { flowEdges, MANY_NODES } from './flow-elements.ts';
import { GuideLines } from './guide-lines.tsx';
import { CARD_WIDTH, GRID } from './layout.ts';
import { NODE_VIEWS } from './node-views.ts';
import { EntryNode } from './nodes/entry-node.tsx';
import { NoteNode } from './nodes/note-node.tsx';
import { DRAGGED_KIND } from './palette.tsx';
import { useSpeech } from './speech-context.tsx';
import { useFlowNodes } from './use-flow-nodes.ts';
import { useFirstView, useShowSelected } from './use-flow-view.ts';

const NODE_TYPES: NodeTypes = { entry: EntryNode, note: NoteNode, ...Object.fromEntries(NODE_KIND_NAMES.map((kind) => [kind, NODE_VIEWS[kind].Card])) };
const EDGE_TYPES = { branch: BranchEdge };
/** Below these, cards say less: no details; only their kind. */
const FAR_ZOOM = 0.5;
const VERY_FAR_ZOOM = 0.28;

const isKind = (text: string): text is NodeKind => NODE_KIND_NAMES.some((kind) => kind === text);

/** The way out whose «+» lies under the pointer; also the one whose connection does, unless only a «+» will do. */
function portUnder(x: number, y: number, { onlyPlus = false } = {}): Port | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const found = element.closest<HTMLElement>('[data-port-node], [data-edge-node]');
    if (found) return { nodeId: found.dataset['portNode'] ?? found.dataset['edgeNode'] ?? '', port: found.dataset['port'] ?? found.dataset['edgePort'] ?? 'next' };
    if (onlyPlus) continue;
    const edge = element.closest<SVGElement>('.react-flow__edge')?.dataset['id'];
    const [nodeId, port] = edge?.split(' ') ?? [];
    if (nodeId && port) return { nodeId, port };
  }
  return null;
}

export function Flow({ minimap }: { minimap: boolean }) {
  const store = useCanvasStore();
  const { words } = useSpeech();
  const { colorScheme } = useMantineColorScheme();
  const { screenToFlowPosition, getNode } = useReactFlow();
  const journey = useCanvas((state) => state.drawing.journey);
  const readOnly = useCanvas((state) => state.readOnly);
  const { nodes, lines, onNodesChange } = useFlowNodes();
  const edges = useMemo(() => flowEdges(journey), [journey]);
  const [far, setFar] = useState<'far' | 'very' | undefined>(undefined);
  // With Space, the hand moves the view wherever it takes hold.
  const pans = useKeyPress('Space');
  useFirstView();
  useShowSelected();
  const connect = useCallback(({ source, sourceHandle, target }: Connection): void => store.getState().act({ kind: 'connect', from: { nodeId: source, port: sourceHandle ?? 'next' }, to: target }), [store]);
  const endConnect = useCallback((event: MouseEvent | TouchEvent, { isValid, fromNode, fromHandle, toNode }: FinalConnectionState): void => {
    if (isValid || toNode || !fromNode || fromHandle?.type !== 'source') return;
    const { clientX: x, clientY: y } = 'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
    store.getState().set({ adding: { port: { nodeId: fromNode.id, port: fromHandle.id ?? 'next' }, x, y } });
  }, [store]);
  const reconnect = useCallback((old: Edge, { source, sourceHandle, target }: Connection): void => {
    store.getState().act({ kind: 'reconnect', from: { nodeId: old.source, port: old.sourceHandle ?? 'next' }, at: { nodeId: source, port: sourceHandle ?? 'next' }, to: target });
  }, [store]);
  /** Cards that are dropped on a «+» take their place there; elsewhere they only stand elsewhere. */
  const endDrag = useCallback((event: MouseEvent | TouchEvent, dragged: Node[]): void => {
    const { clientX, clientY } = 'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: -1, clientY: -1 }) : event;
    const ids = dragged.map(({ id }) => id).filter((id) => id !== ENTRY);
    const { nodes: steps, act } = store.getState();
    const onto = portUnder(clientX, clientY, { onlyPlus: true });
    if (onto && !ids.includes(onto.nodeId) && ids.every((id) => id in steps)) moveTo(store, ids, onto);
    // Where the helper lines put a card, which React Flow has not been told.
    else act({ kind: 'moveNodes', positions: Object.fromEntries(dragged.filter(({ id }) => id !== ENTRY).map(({ id, position }) => [id, getNode(id)?.position ?? position])) });
  }, [store, getNode]);
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
      onReconnect={reconnect} reconnectRadius={18} onNodeDragStop={(event, _node, moved) => endDrag(event, moved)} onSelectionDragStop={(event, moved) => endDrag(event.nativeEvent, moved)}
      onNodeClick={(event, { id }) => { if (!event.shiftKey && !event.ctrlKey && !event.metaKey) store.getState().select([id]); }} onPaneClick={() => store.getState().select([])} onDrop={drop} onDragOver={(event) => { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; }}
      onMove={(_event, { zoom }) => setFar(zoom < VERY_FAR_ZOOM ? 'very' : zoom < FAR_ZOOM ? 'far' : undefined)} edgesReconnectable={!readOnly} nodesConnectable={!readOnly} nodesDraggable={!readOnly && !pans} nodesFocusable={false} edgesFocusable={false} disableKeyboardA11y deleteKeyCode={null} connectOnClick multiSelectionKeyCode={['Shift', 'Control', 'Meta']} selectionKeyCode="Shift" selectionMode={SelectionMode.Partial} panActivationKeyCode="Space"
      minZoom={0.1} maxZoom={1.5} onlyRenderVisibleElements={journey.nodes.length > MANY_NODES} colorMode={colorScheme === 'auto' ? 'system' : colorScheme}
      proOptions={{ hideAttribution: true }} onFocus={() => { if (store.getState().working !== 'canvas') store.getState().set({ working: 'canvas' }); }} className={classes.flow} data-far={far} data-pans={pans || undefined} aria-label={words('canvas.label')} ariaLabelConfig={{ 'minimap.ariaLabel': words('canvas.minimap') }}>
      <Background variant={BackgroundVariant.Dots} gap={GRID} size={1} color="var(--line-strong)" bgColor="var(--ground)" />
      {lines.length > 0 && <GuideLines lines={lines} />}
      {minimap && <MiniMap pannable zoomable position="bottom-right" className={classes.minimap} nodeColor={({ type }) => `var(--family-${type === 'entry' || !type || !isKind(type) ? 'entry' : nodeKind(type).family})`} bgColor="var(--surface)" maskColor="color-mix(in srgb, var(--ground) 70%, transparent)" />}
    </ReactFlow>
  );
}
