/**
 * The edits of a journey, as values: what a person did on the canvas, in the outline or by keyboard. Each can be applied, undone and
 * named; `restore` is the one that every inverse is.
 */
import type { ExitCriterion, Journey, JourneyEntry, JourneyNode } from '#domain/journeys/definition.ts';
import type { NodeKind } from '#domain/journeys/node-kinds.ts';

/** The entry stands among nodes under this id, with one port, `next`. No node may be called so. */
export const ENTRY = 'entry';

/** A way out of a node or of the entry. */
export type Port = { nodeId: string; port: string };
export type Position = { x: number; y: number };
export type Positions = Record<string, Position>;

/** The parts of a journey as they were: a node that is null was not there. `index` is its place in the list. */
export type Parts = {
  nodes: { id: string; index: number; node: JourneyNode | null }[];
  entry?: JourneyEntry;
  exits?: ExitCriterion[];
  name?: string;
};

export type Operation =
  /** With `after`, the node takes its place on that way out; what followed there follows the node's first way out. `moves` makes room. */
  | { kind: 'addNode'; node: JourneyNode; after?: Port; moves?: Positions }
  /** Closes the gap: whoever led to a removed node leads to what followed it on its first connected way out. */
  | { kind: 'deleteNodes'; nodeIds: string[] }
  | { kind: 'moveNodes'; positions: Positions }
  | { kind: 'tidyLayout'; positions: Positions }
  | { kind: 'connect'; from: Port; to: string }
  | { kind: 'disconnect'; from: Port }
  | { kind: 'changeSettings'; nodeId: string; settings: unknown }
  | { kind: 'changeEntry'; entry: Omit<JourneyEntry, 'next'> }
  | { kind: 'addExit'; exit: ExitCriterion }
  | { kind: 'changeExit'; index: number; exit: ExitCriterion }
  | { kind: 'removeExit'; index: number }
  | { kind: 'rename'; name: string }
  | { kind: 'restore'; parts: Parts; label: OperationLabel };

export type OperationCode = Exclude<Operation['kind'], 'restore'> | 'insertNode';

/** The name of an edit as a code and what fills it, for words in any language. */
export type OperationLabel = { code: OperationCode; nodeKind?: NodeKind; count?: number };

const kindOf = (journey: Journey, nodeId: string | undefined): { nodeKind?: NodeKind } => {
  const found = journey.nodes.find((node) => node.id === nodeId);
  return found ? { nodeKind: found.kind } : {};
};

/** Names an operation against the journey before it is applied. The name of an inverse is that of the edit it undoes. */
export function labelOperation(journey: Journey, operation: Operation): OperationLabel {
  switch (operation.kind) {
    case 'restore': return operation.label;
    case 'addNode': {
      const { after } = operation;
      const onEdge = after && (after.nodeId === ENTRY ? journey.entry.next : journey.nodes.find((node) => node.id === after.nodeId)?.next[after.port]);
      return { code: onEdge ? 'insertNode' : 'addNode', nodeKind: operation.node.kind };
    }
    case 'deleteNodes': return { code: operation.kind, count: operation.nodeIds.length, ...kindOf(journey, operation.nodeIds[0]) };
    case 'moveNodes': return { code: operation.kind, count: Object.keys(operation.positions).length, ...kindOf(journey, Object.keys(operation.positions)[0]) };
    case 'changeSettings': return { code: operation.kind, ...kindOf(journey, operation.nodeId) };
    default: return { code: operation.kind };
  }
}
