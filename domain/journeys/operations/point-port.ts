/** The small changes that edits are made of: where a way out leads, where things stand. Each answers the same journey when nothing changes. */
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { findNode, portsOf, targetOf } from './graph.ts';
import { ENTRY, type Port, type Positions } from './operation.ts';

export const replaceNode = (journey: Journey, nodeId: string, change: (node: JourneyNode) => JourneyNode): Journey =>
  ({ ...journey, nodes: journey.nodes.map((node) => (node.id === nodeId ? change(node) : node)) });

export function pointPort(journey: Journey, from: Port, to: string | null): Journey {
  if (targetOf(journey, from) === to) return journey;
  if (from.nodeId === ENTRY) return { ...journey, entry: { ...journey.entry, next: to } };
  return replaceNode(journey, from.nodeId, (node) => ({ ...node, next: { ...node.next, [from.port]: to } }));
}

export const hasPort = (journey: Journey, { nodeId, port }: Port): boolean => {
  if (nodeId === ENTRY) return port === 'next';
  const node = findNode(journey, nodeId);
  return node !== null && [...portsOf(node), 'error'].includes(port);
};

/** Leads `after` to `first`; what followed there follows `last`, or nothing when nothing can. */
export function insertAt(journey: Journey, after: Port, first: string, last: Port | null): Journey {
  const followed = targetOf(journey, after);
  const handedOn = followed !== null && followed !== first && last ? pointPort(journey, last, followed) : journey;
  return pointPort(handedOn, after, first);
}

/** Nodes and notes at their new places. */
export function moveParts(journey: Journey, positions: Positions): Journey {
  const move = <T extends { id: string; position?: { x: number; y: number } | undefined }>(parts: readonly T[]): T[] => parts.map((part) => {
    const to = Object.hasOwn(positions, part.id) ? positions[part.id] : undefined;
    return to && (part.position?.x !== to.x || part.position.y !== to.y) ? { ...part, position: { x: to.x, y: to.y } } : part;
  });
  const same = <T>(left: readonly T[], right: readonly T[]): boolean => left.every((part, index) => part === right[index]);
  const nodes = move(journey.nodes);
  const notes = journey.notes && move(journey.notes);
  const moved = same(nodes, journey.nodes) ? journey : { ...journey, nodes };
  return notes && journey.notes && !same(notes, journey.notes) ? { ...moved, notes } : moved;
}
