/**
 * The edits of a journey, as values: what a person did on the canvas, in the outline or by keyboard. Each can be applied, undone and
 * named; `restore` is the one that every inverse is.
 */
import type { CanvasNote, ExitCriterion, Journey, JourneyEntry, JourneyNode } from '#domain/journeys/definition.ts';
import type { NodeKind } from '#domain/journeys/node-kinds.ts';

/** The entry stands among nodes under this id, with one port, `next`. No node may be called so. */
export const ENTRY = 'entry';

/** A way out of a node or of the entry. */
export type Port = { nodeId: string; port: string };
export type Position = { x: number; y: number };
/** Places of nodes and notes by id. */
export type Positions = Record<string, Position>;

/** The parts of a journey as they were: a node that is null was not there. `index` is its place in the list. */
export type Parts = {
  nodes: { id: string; index: number; node: JourneyNode | null }[];
  entry?: JourneyEntry;
  exits?: ExitCriterion[];
  name?: string;
  /** Null when there were none at all. */
  notes?: CanvasNote[] | null;
};

export type Operation =
  /** With `after`, the node takes its place on that way out; what followed there follows the node's first way out. `moves` makes room. */
  | { kind: 'addNode'; node: JourneyNode; after?: Port; moves?: Positions }
  /** Several steps with their connections among them, and notes. With `after`, the first of them takes its place there and what followed follows the last. */
  | { kind: 'pasteNodes' | 'duplicateNodes'; nodes: JourneyNode[]; notes?: CanvasNote[]; after?: Port; moves?: Positions }
  /** Closes the gap: whoever led to a removed node leads to what followed it on its first connected way out. Notes go by their ids too. */
  | { kind: 'deleteNodes'; nodeIds: string[] }
  /** Takes steps out, closes the gap, and puts them on another way out, connected among each other as before. */
  | { kind: 'moveSteps'; nodeIds: string[]; to: Port; positions?: Positions }
  | { kind: 'moveNodes' | 'alignNodes' | 'tidyLayout'; positions: Positions }
  | { kind: 'connect'; from: Port; to: string }
  | { kind: 'disconnect'; from: Port }
  /** The connection of `from` begins at `at` instead and leads to `to`. */
  | { kind: 'reconnect'; from: Port; at: Port; to: string }
  | { kind: 'changeSettings'; nodeId: string; settings: unknown }
  | { kind: 'changeEntry'; entry: Omit<JourneyEntry, 'next'> }
  | { kind: 'addExit'; exit: ExitCriterion }
  | { kind: 'changeExit'; index: number; exit: ExitCriterion }
  | { kind: 'removeExit'; index: number }
  | { kind: 'addNote'; note: CanvasNote }
  | { kind: 'changeNote'; noteId: string; text?: string; width?: number }
  | { kind: 'rename'; name: string }
  /** The whole of another drawing under this journey's key: an older version, a file, what two people drew. */
  | { kind: 'restoreVersion' | 'importFile' | 'mergeDraft'; journey: Journey; number?: number }
  | { kind: 'restore'; parts: Parts; label: OperationLabel };

export type OperationCode = Exclude<Operation['kind'], 'restore'> | 'insertNode' | 'deleteNotes';

/** The name of an edit as a code and what fills it, for words in any language. `before` and `after` are a step whose settings changed. */
export type OperationLabel = { code: OperationCode; nodeKind?: NodeKind; count?: number; number?: number; before?: JourneyNode; after?: JourneyNode };

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
    case 'pasteNodes': case 'duplicateNodes': {
      const [first] = operation.nodes;
      return { code: operation.kind, count: operation.nodes.length + (operation.notes?.length ?? 0), ...(first ? { nodeKind: first.kind } : {}) };
    }
    case 'deleteNodes': {
      const [first] = operation.nodeIds;
      const steps = operation.nodeIds.filter((id) => journey.nodes.some((node) => node.id === id));
      return steps.length === 0 && first !== undefined ? { code: 'deleteNotes', count: operation.nodeIds.length } : { code: operation.kind, count: steps.length, ...kindOf(journey, steps[0]) };
    }
    case 'moveSteps': return { code: operation.kind, count: operation.nodeIds.length, ...kindOf(journey, operation.nodeIds[0]) };
    case 'moveNodes': case 'alignNodes': return { code: operation.kind, count: Object.keys(operation.positions).length, ...kindOf(journey, Object.keys(operation.positions)[0]) };
    case 'changeSettings': {
      const before = journey.nodes.find((node) => node.id === operation.nodeId);
      return { code: operation.kind, ...kindOf(journey, operation.nodeId), ...(before ? { before } : {}) };
    }
    case 'restoreVersion': return { code: operation.kind, ...(operation.number === undefined ? {} : { number: operation.number }) };
    default: return { code: operation.kind };
  }
}
