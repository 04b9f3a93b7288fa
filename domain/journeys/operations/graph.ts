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

/** What follows a step once the steps in `gone` are no longer there: along each one's first connected way out. Null where nothing is left. */
export function heirOf(journey: Journey, gone: ReadonlySet<string>, from: string | null): string | null {
  const passed = new Set<string>();
  for (let at = from; at !== null; ) {
    if (!gone.has(at)) return at;
    if (passed.has(at)) return null;
    passed.add(at);
    const node = findNode(journey, at);
    const way = node ? portsOf(node).find((port) => node.next[port]) : undefined;
    at = (way !== undefined && node?.next[way]) || null;
  }
  return null;
}

/** A step and all that only it leads to: its branch. What other ways lead to as well stays out of it. */
export function branchOf(journey: Journey, nodeId: string): string[] {
  if (!findNode(journey, nodeId)) return [];
  const below = downstreamOf(journey, nodeId);
  const targets = new Map(journey.nodes.map((node) => [node.id, Object.values(node.next).filter((target) => target !== null)]));
  const starts = [journey.entry.next, ...journey.nodes.filter((node) => !below.has(node.id) || nodeKind(node.kind).reachedBy?.(node.settings)).map((node) => node.id)];
  const elsewhere = new Set<string>();
  const queue = starts.filter((id) => id !== null);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === nodeId || elsewhere.has(id)) continue;
    elsewhere.add(id);
    queue.push(...(targets.get(id) ?? []));
  }
  return journey.nodes.flatMap(({ id }) => (below.has(id) && !elsewhere.has(id) ? [id] : []));
}

/** Where something can go on after these steps: from `nodeId` on, the first way out that leads to none of them. Null when all ends or circles. */
export function lastPortOf(nodes: readonly JourneyNode[], nodeId: string): Port | null {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const queue = [nodeId];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const node = byId.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    const ports = portsOf(node).filter((port) => port !== 'error');
    const open = ports.find((port) => !byId.has(node.next[port] ?? ''));
    if (open !== undefined) return { nodeId: id, port: open };
    queue.push(...ports.flatMap((port) => node.next[port] ?? []));
  }
  return null;
}

/** The step of several that stands first: one that none of the others leads to. */
export function rootOf(nodes: readonly JourneyNode[]): JourneyNode | null {
  const ids = new Set(nodes.map(({ id }) => id));
  const led = new Set(nodes.flatMap((node) => Object.values(node.next).filter((target) => target !== null && target !== node.id && ids.has(target))));
  return nodes.find(({ id }) => !led.has(id)) ?? nodes[0] ?? null;
}
