/** How the nodes of a drawn journey hang together: its edges, what follows what, who leads where. */
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { ENTRY, type Port } from './operation.ts';

export type Edge = { from: Port; to: string };

/** The ways out of a node in the order they are drawn; `error` only where it leads somewhere. */
export function portsOf(node: JourneyNode): string[] {
  const ports = nodeKind(node.kind).ports(node.settings);
  return node.next.error ? [...ports, 'error'] : ports;
}

export const findNode = (journey: Journey, nodeId: string): JourneyNode | null => journey.nodes.find((node) => node.id === nodeId) ?? null;

/** Where a way out leads; null when it is open or when there is no such node. */
export const targetOf = (journey: Journey, from: Port): string | null =>
  from.nodeId === ENTRY ? journey.entry.next : (findNode(journey, from.nodeId)?.next[from.port] ?? null);

/** Every connection, the entry's first, then by node and port as they are drawn. */
export function edgesOf(journey: Journey): Edge[] {
  const first: Edge[] = journey.entry.next === null ? [] : [{ from: { nodeId: ENTRY, port: 'next' }, to: journey.entry.next }];
  return [...first, ...journey.nodes.flatMap((node) => portsOf(node).flatMap((port) => (node.next[port] ? [{ from: { nodeId: node.id, port }, to: node.next[port] }] : [])))];
}

/** The ways out that lead to a node. */
export const portsInto = (journey: Journey, nodeId: string): Port[] => edgesOf(journey).filter((edge) => edge.to === nodeId).map((edge) => edge.from);

/** The node and all that can be reached from it. */
export function downstreamOf(journey: Journey, nodeId: string | null): Set<string> {
  const reached = new Set<string>();
  const queue = nodeId === null ? [] : [nodeId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    const node = findNode(journey, id);
    if (node) queue.push(...Object.values(node.next).filter((target) => target !== null));
  }
  return reached;
}
