/**
 * Applies one edit to a journey and answers its inverse. An edit that names something that is not there, or that would break the
 * journey's shape, changes nothing: the answer then holds the same journey. Whoever applies the inverse has the journey from before.
 */
import { CanvasNote, ExitCriterion, Journey, JourneyEntry, JourneyNode } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { findNode, targetOf } from './graph.ts';
import { insertNodes } from './insert-nodes.ts';
import { labelOperation, type Operation, type OperationLabel } from './operation.ts';
import { hasPort, moveParts, pointPort, replaceNode } from './point-port.ts';
import { changedParts, restoreParts } from './restore-parts.ts';
import { deleteParts, moveSteps } from './take-out.ts';

export type Applied = { journey: Journey; inverse: Operation; label: OperationLabel };

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

function changeNote(journey: Journey, { noteId, text, width }: Extract<Operation, { kind: 'changeNote' }>): Journey {
  const note = journey.notes?.find(({ id }) => id === noteId);
  const parsed = CanvasNote.safeParse({ ...note, text: text ?? note?.text, width: width ?? note?.width });
  if (!note || !journey.notes || !parsed.success || (parsed.data.text === note.text && parsed.data.width === note.width)) return journey;
  return { ...journey, notes: journey.notes.map((each) => (each === note ? parsed.data : each)) };
}

function reconnect(journey: Journey, { from, at, to }: Extract<Operation, { kind: 'reconnect' }>): Journey {
  if (!hasPort(journey, from) || !hasPort(journey, at) || !findNode(journey, to) || targetOf(journey, from) === null) return journey;
  const isSame = from.nodeId === at.nodeId && from.port === at.port;
  return pointPort(isSame ? journey : pointPort(journey, from, null), at, to);
}

/** The key is a journey's for ever, whatever is drawn. */
function replaceAll(journey: Journey, other: Journey): Journey {
  const parsed = Journey.safeParse({ ...other, key: journey.key });
  return parsed.success && JSON.stringify(parsed.data) !== JSON.stringify(journey) ? parsed.data : journey;
}

function change(journey: Journey, operation: Operation): Journey {
  switch (operation.kind) {
    case 'addNode': return insertNodes(journey, { ...operation, nodes: [operation.node] });
    case 'pasteNodes': case 'duplicateNodes': return insertNodes(journey, operation);
    case 'deleteNodes': return deleteParts(journey, operation.nodeIds);
    case 'moveSteps': return moveSteps(journey, operation.nodeIds, operation.to, operation.positions ?? {});
    case 'moveNodes': case 'alignNodes': case 'tidyLayout': return moveParts(journey, operation.positions);
    case 'connect': return hasPort(journey, operation.from) && findNode(journey, operation.to) ? pointPort(journey, operation.from, operation.to) : journey;
    case 'disconnect': return hasPort(journey, operation.from) ? pointPort(journey, operation.from, null) : journey;
    case 'reconnect': return reconnect(journey, operation);
    case 'changeSettings': return changeSettings(journey, operation.nodeId, operation.settings);
    case 'changeEntry': {
      const entry = JourneyEntry.safeParse({ ...operation.entry, next: journey.entry.next });
      return entry.success ? { ...journey, entry: entry.data } : journey;
    }
    case 'addExit': case 'changeExit': case 'removeExit': return changeExits(journey, operation);
    case 'addNote': return insertNodes(journey, { nodes: [], notes: [operation.note] });
    case 'changeNote': return changeNote(journey, operation);
    case 'rename': return Journey.shape.name.safeParse(operation.name).success ? { ...journey, name: operation.name } : journey;
    case 'restoreVersion': case 'importFile': case 'mergeDraft': return replaceAll(journey, operation.journey);
    case 'restore': return restoreParts(journey, operation.parts);
  }
}

export function applyOperation(journey: Journey, operation: Operation): Applied {
  const label = labelOperation(journey, operation);
  const changed = change(journey, operation);
  const after = label.before && findNode(changed, label.before.id);
  return { journey: changed, label: after ? { ...label, after } : label, inverse: { kind: 'restore', parts: changedParts(journey, changed), label: after ? { ...label, after } : label } };
}
