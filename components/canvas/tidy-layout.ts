/** A tidy layout from top to bottom by dagre, which is loaded only when it is asked for. */
import dagre from '@dagrejs/dagre';
import type { Journey } from '#domain/journeys/definition.ts';
import { edgesOf, portsOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY, type Positions } from '#domain/journeys/operations/operation.ts';
import { CARD_WIDTH, ENTRY_POSITION, ENTRY_WIDTH, GAP_BELOW, GAP_BESIDE, heightOf, snap, type Heights } from './layout.ts';

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
