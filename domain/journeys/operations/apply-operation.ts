/**
 * Applies one edit to a journey and answers its inverse. An edit that names something that is not there, or that would break the
 * journey's shape, changes nothing: the answer then holds the same journey. Whoever applies the inverse has the journey from before.
 */
import { ExitCriterion, Journey, JourneyEntry, JourneyNode } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { findNode, portsOf, targetOf } from './graph.ts';
import { ENTRY, labelOperation, type Operation, type OperationLabel, type Port, type Positions } from './operation.ts';
import { changedParts, restoreParts } from './restore-parts.ts';

export type Applied = { journey: Journey; inverse: Operation; label: OperationLabel };

const replaceNode = (journey: Journey, nodeId: string, change: (node: JourneyNode) => JourneyNode): Journey =>
  ({ ...journey, nodes: journey.nodes.map((node) => (node.id === nodeId ? change(node) : node)) });

function pointPort(journey: Journey, from: Port, to: string | null): Journey {
  if (targetOf(journey, from) === to) return journey;
  if (from.nodeId === ENTRY) return { ...journey, entry: { ...journey.entry, next: to } };
  return replaceNode(journey, from.nodeId, (node) => ({ ...node, next: { ...node.next, [from.port]: to } }));
}

const hasPort = (journey: Journey, { nodeId, port }: Port): boolean => {
  if (nodeId === ENTRY) return port === 'next';
  const node = findNode(journey, nodeId);
  return node !== null && [...portsOf(node), 'error'].includes(port);
};

function moveNodes(journey: Journey, positions: Positions): Journey {
  const moved = journey.nodes.map((node) => {
    const to = positions[node.id];
    return to && (node.position?.x !== to.x || node.position.y !== to.y) ? { ...node, position: to } : node;
  });
  return moved.every((node, index) => node === journey.nodes[index]) ? journey : { ...journey, nodes: moved };
}

function addNode(journey: Journey, { node, after, moves }: Extract<Operation, { kind: 'addNode' }>): Journey {
  const parsed = JourneyNode.safeParse(node);
  if (!parsed.success || node.id === ENTRY || findNode(journey, node.id) || journey.nodes.length >= 500) return journey;
  const known = new Set([...journey.nodes.map(({ id }) => id), node.id]);
  const next = Object.fromEntries(Object.entries(parsed.data.next).filter(([, target]) => target === null || known.has(target)));
  const added: JourneyNode = { ...parsed.data, next };
  const withNode = moveNodes({ ...journey, nodes: [...journey.nodes, added] }, moves ?? {});
  if (!after || !hasPort(journey, after)) return withNode;
  const followed = targetOf(journey, after);
  const [way] = portsOf(added);
  const handedOn = followed !== null && way !== undefined && !added.next[way] ? pointPort(withNode, { nodeId: added.id, port: way }, followed) : withNode;
  return pointPort(handedOn, after, added.id);
}

function deleteNodes(journey: Journey, nodeIds: string[]): Journey {
  const gone = new Set(nodeIds.filter((id) => findNode(journey, id)));
  if (gone.size === 0) return journey;
  const heir = (id: string | null): string | null => {
    const passed = new Set<string>();
    for (let at = id; at !== null; ) {
      if (!gone.has(at)) return at;
      if (passed.has(at)) return null;
      passed.add(at);
      const node = findNode(journey, at);
      const way = node ? portsOf(node).find((port) => node.next[port]) : undefined;
      at = (way !== undefined && node?.next[way]) || null;
    }
    return null;
  };
  const nodes = journey.nodes.filter((node) => !gone.has(node.id)).map((node) => {
    if (!Object.values(node.next).some((target) => target !== null && gone.has(target))) return node;
    // A loop that closes onto itself would let nobody out: such a way stays open instead.
    const next = Object.entries(node.next).map(([port, target]) => [port, target !== null && gone.has(target) && heir(target) === node.id ? null : heir(target)]);
    return { ...node, next: Object.fromEntries(next) };
  });
  const entry = journey.entry.next !== null && gone.has(journey.entry.next) ? { ...journey.entry, next: heir(journey.entry.next) } : journey.entry;
  return { ...journey, nodes, entry };
}

/** Ways out that the new settings no longer have are dropped; renamed ones, as many as before, keep where they led. */
function changeSettings(journey: Journey, nodeId: string, settings: unknown): Journey {
  const node = findNode(journey, nodeId);
  const parsed = JourneyNode.safeParse({ ...node, settings });
  if (!node || !parsed.success || JSON.stringify(parsed.data.settings) === JSON.stringify(node.settings)) return journey;
  const before = nodeKind(node.kind).ports(node.settings);
  const ports = nodeKind(node.kind).ports(parsed.data.settings);
  const kept = ports.flatMap((port, index): [string, string | null][] => {
    const old = port in node.next ? port : ports.length === before.length ? before[index] : undefined;
    const target = old === undefined ? undefined : node.next[old];
    return target === undefined ? [] : [[port, target]];
  });
  const next = Object.fromEntries('error' in node.next ? [...kept, ['error', node.next.error ?? null]] : kept);
  return replaceNode(journey, nodeId, () => ({ ...parsed.data, next }));
}

function changeExits(journey: Journey, operation: Extract<Operation, { kind: 'addExit' | 'changeExit' | 'removeExit' }>): Journey {
  const { exits } = journey;
  if (operation.kind === 'removeExit') return exits[operation.index] ? { ...journey, exits: exits.toSpliced(operation.index, 1) } : journey;
  const exit = ExitCriterion.safeParse(operation.exit);
  if (!exit.success) return journey;
  if (operation.kind === 'addExit') return exits.length < 20 ? { ...journey, exits: [...exits, exit.data] } : journey;
  return exits[operation.index] ? { ...journey, exits: exits.with(operation.index, exit.data) } : journey;
}

function change(journey: Journey, operation: Operation): Journey {
  switch (operation.kind) {
    case 'addNode': return addNode(journey, operation);
    case 'deleteNodes': return deleteNodes(journey, operation.nodeIds);
    case 'moveNodes': case 'tidyLayout': return moveNodes(journey, operation.positions);
    case 'connect': return hasPort(journey, operation.from) && findNode(journey, operation.to) ? pointPort(journey, operation.from, operation.to) : journey;
    case 'disconnect': return hasPort(journey, operation.from) ? pointPort(journey, operation.from, null) : journey;
    case 'changeSettings': return changeSettings(journey, operation.nodeId, operation.settings);
    case 'changeEntry': {
      const entry = JourneyEntry.safeParse({ ...operation.entry, next: journey.entry.next });
      return entry.success ? { ...journey, entry: entry.data } : journey;
    }
    case 'addExit': case 'changeExit': case 'removeExit': return changeExits(journey, operation);
    case 'rename': return Journey.shape.name.safeParse(operation.name).success ? { ...journey, name: operation.name } : journey;
    case 'restore': return restoreParts(journey, operation.parts);
  }
}

export function applyOperation(journey: Journey, operation: Operation): Applied {
  const label = labelOperation(journey, operation);
  const changed = change(journey, operation);
  return { journey: changed, label, inverse: { kind: 'restore', parts: changedParts(journey, changed), label } };
}
