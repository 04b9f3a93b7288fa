/** Where cards stand: a tidy layout from top to bottom by dagre, and room for a new card. The entry stands still at the top. */
import dagre from '@dagrejs/dagre';
import type { Journey } from '#domain/journeys/definition.ts';
import { downstreamOf, edgesOf, findNode, portsOf, targetOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY, type Port, type Position, type Positions } from '#domain/journeys/operations/operation.ts';

export const CARD_WIDTH = 260;
export const ENTRY_WIDTH = 320;
export const GRID = 20;
/** Of a live card of usual text, before the browser has measured it: under a lower guess the ways out of a branch have no room for their names and «+». */
const CARD_HEIGHT = 120;
const ENTRY_HEIGHT = 170;
const GAP_BELOW = 84;
const GAP_BESIDE = 60;

/** Heights as the browser measured them, by node id. */
export type Heights = Record<string, number>;

export const ENTRY_POSITION: Position = { x: (CARD_WIDTH - ENTRY_WIDTH) / 2, y: 0 };
const snap = (value: number): number => Math.round(value / GRID) * GRID;
const heightOf = (heights: Heights, nodeId: string): number => heights[nodeId] ?? (nodeId === ENTRY ? ENTRY_HEIGHT : CARD_HEIGHT);

/** Which of two cards stands to the left: what follows an earlier way out. A pair that would contradict the ones before is left out. */
function leftToRight(journey: Journey): { left: string; right: string }[] {
  const pairs: { left: string; right: string }[] = [];
  const leads = (from: string, to: string): boolean => from === to || pairs.some(({ left, right }) => left === from && leads(right, to));
  for (const node of journey.nodes) {
    const targets = [...new Set(portsOf(node).flatMap((port) => node.next[port] ?? []))];
    targets.slice(1).forEach((right, index) => {
      const left = targets[index];
      if (left !== undefined && !leads(right, left)) pairs.push({ left, right });
    });
  }
  return pairs;
}

/** Positions of all nodes in ranks, branches side by side in the order of their ports. */
export function tidyPositions(journey: Journey, heights: Heights = {}): Positions {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: GAP_BESIDE, ranksep: GAP_BELOW, ranker: 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  graph.setNode(ENTRY, { width: ENTRY_WIDTH, height: heightOf(heights, ENTRY) });
  for (const { id } of journey.nodes) graph.setNode(id, { width: CARD_WIDTH, height: heightOf(heights, id) });
  edgesOf(journey).forEach(({ from, to }, index) => graph.setEdge(from.nodeId, to, { weight: from.port === 'error' ? 1 : 2 }, String(index)));
  dagre.layout(graph, { constraints: leftToRight(journey) });
  const entry = graph.node(ENTRY);
  const origin = { x: (entry.x ?? 0) - ENTRY_WIDTH / 2 - ENTRY_POSITION.x, y: (entry.y ?? 0) - heightOf(heights, ENTRY) / 2 };
  return Object.fromEntries(journey.nodes.map(({ id }) => {
    const { x = 0, y = 0 } = graph.node(id);
    return [id, { x: snap(x - CARD_WIDTH / 2 - origin.x), y: snap(y - heightOf(heights, id) / 2 - origin.y) }];
  }));
}

/** A journey from a file may hold no positions: then all of it is laid out once. */
export function withPositions(journey: Journey): Journey {
  if (journey.nodes.every((node) => node.position)) return journey;
  const positions = tidyPositions(journey);
  return { ...journey, nodes: journey.nodes.map((node) => ({ ...node, position: positions[node.id] ?? { x: 0, y: 0 } })) };
}

const positionOf = (journey: Journey, nodeId: string): Position => (nodeId === ENTRY ? ENTRY_POSITION : (findNode(journey, nodeId)?.position ?? { x: 0, y: 0 }));

function isTaken(journey: Journey, at: Position, heights: Heights): boolean {
  return journey.nodes.some(({ id, position }) => position && Math.abs(position.x - at.x) < CARD_WIDTH + 20 && at.y < position.y + heightOf(heights, id) + 20 && position.y < at.y + CARD_HEIGHT + 20);
}

/** The place of a card added on a way out. On a connection, what follows moves down when there is no room. */
export function placeAfter(journey: Journey, port: Port, heights: Heights): { position: Position; moves: Positions } {
  const from = positionOf(journey, port.nodeId);
  const below = snap(from.y + heightOf(heights, port.nodeId) + GAP_BELOW);
  const followed = targetOf(journey, port);
  const next = followed === null ? null : positionOf(journey, followed);
  if (followed !== null && next && next.y > from.y) {
    const position = { x: next.x, y: Math.min(next.y, below) };
    const missing = position.y + CARD_HEIGHT + GAP_BELOW - next.y;
    if (missing <= 0) return { position, moves: {} };
    const following = downstreamOf(journey, followed);
    const moves = journey.nodes.filter((node) => following.has(node.id) && (node.position?.y ?? 0) >= next.y).map(({ id, position: at = next }) => [id, { x: at.x, y: at.y + Math.ceil(missing / GRID) * GRID }]);
    return { position, moves: Object.fromEntries(moves) };
  }
  const node = findNode(journey, port.nodeId);
  const ports = node ? portsOf(node).filter((each) => each !== 'error') : ['next'];
  const place = Math.max(0, ports.indexOf(port.port)) - (ports.length - 1) / 2;
  const center = from.x + (port.nodeId === ENTRY ? ENTRY_WIDTH - CARD_WIDTH : 0) / 2;
  const position = { x: snap(center + place * (CARD_WIDTH + GAP_BESIDE)), y: below };
  while (isTaken(journey, position, heights)) position.x += CARD_WIDTH + GAP_BESIDE;
  return { position, moves: {} };
}

/** Where what follows a way out moves so that several cards have room before it. */
export function makeRoom(journey: Journey, port: Port, cards: readonly { id: string; position?: Position | undefined }[], heights: Heights): Positions {
  const followed = targetOf(journey, port);
  if (followed === null || cards.some(({ id }) => id === followed)) return {};
  const bottom = Math.max(...cards.map(({ id, position }) => (position?.y ?? 0) + heightOf(heights, id)));
  const top = positionOf(journey, followed).y;
  const missing = Math.ceil((bottom + GAP_BELOW - top) / GRID) * GRID;
  if (missing <= 0) return {};
  const [following, moved] = [downstreamOf(journey, followed), new Set(cards.map(({ id }) => id))];
  return Object.fromEntries(journey.nodes.flatMap(({ id, position }) => (position && following.has(id) && !moved.has(id) && position.y >= top ? [[id, { x: position.x, y: position.y + missing }]] : [])));
}
