/** Puts new steps into a journey: one or several, loose or on a way out, where what followed goes on after them. */
import { CanvasNote, JourneyNode, type Journey } from '#domain/journeys/definition.ts';
import { findNode, lastPortOf, rootOf } from './graph.ts';
import { ENTRY, type Port, type Positions } from './operation.ts';
import { hasPort, insertAt, moveParts } from './point-port.ts';

export const MAXIMUM_NODES = 500;
const MAXIMUM_NOTES = 100;

/** The parsed steps with connections to steps that are there; null when one has no shape or an id that is taken. */
function parseNodes(journey: Journey, nodes: readonly JourneyNode[]): JourneyNode[] | null {
  if (journey.nodes.length + nodes.length > MAXIMUM_NODES) return null;
  const known = new Set([...journey.nodes, ...(journey.notes ?? [])].map(({ id }) => id));
  const fresh = new Set<string>();
  const parsed: JourneyNode[] = [];
  for (const node of nodes) {
    const { success, data } = JourneyNode.safeParse(node);
    if (!success || data.id === ENTRY || known.has(data.id) || fresh.has(data.id)) return null;
    fresh.add(data.id);
    parsed.push(data);
  }
  const targets = new Set([...fresh, ...journey.nodes.map(({ id }) => id)]);
  return parsed.map((node) => ({ ...node, next: Object.fromEntries(Object.entries(node.next).filter(([port, target]) => hasPort({ ...journey, nodes: [node] }, { nodeId: node.id, port }) && (target === null || targets.has(target)))) }));
}

function parseNotes(journey: Journey, notes: readonly CanvasNote[], nodes: readonly JourneyNode[]): CanvasNote[] | null {
  const taken = new Set([ENTRY, ...[...journey.nodes, ...nodes, ...(journey.notes ?? [])].map(({ id }) => id)]);
  const parsed = notes.map((note) => CanvasNote.safeParse(note).data);
  if ((journey.notes?.length ?? 0) + notes.length > MAXIMUM_NOTES) return null;
  return parsed.every((note): note is CanvasNote => note !== undefined && !taken.has(note.id) && Boolean(taken.add(note.id))) ? parsed : null;
}

/** Adds steps and notes; the same journey when one of them can't be added. `after` names a way out that is there, else they stand loose. */
export function insertNodes(journey: Journey, insert: { nodes: readonly JourneyNode[]; notes?: readonly CanvasNote[] | undefined; after?: Port | undefined; moves?: Positions | undefined }): Journey {
  const nodes = parseNodes(journey, insert.nodes);
  const notes = nodes && parseNotes(journey, insert.notes ?? [], nodes);
  if (!nodes || !notes || nodes.length + notes.length === 0) return journey;
  const grown = moveParts({ ...journey, nodes: [...journey.nodes, ...nodes] }, insert.moves ?? {});
  const noted = notes.length > 0 ? { ...grown, notes: [...(journey.notes ?? []), ...notes] } : grown;
  const root = rootOf(nodes);
  if (!insert.after || !root || !hasPort(journey, insert.after)) return noted;
  const last = lastPortOf(nodes, root.id);
  const isFree = last !== null && !findNode(noted, last.nodeId)?.next[last.port];
  return insertAt(noted, insert.after, root.id, isFree ? last : null);
}
