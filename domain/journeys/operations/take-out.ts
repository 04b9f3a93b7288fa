/** Takes steps out of a journey and closes the gap; what was taken out can be put somewhere else. */
import type { Journey } from '#domain/journeys/definition.ts';
import { findNode, heirOf, lastPortOf, rootOf } from './graph.ts';
import type { Port, Positions } from './operation.ts';
import { hasPort, insertAt, moveParts } from './point-port.ts';

/** Whoever led to one of these leads to what followed it; they themselves stay, and lead where they led. */
function bypass(journey: Journey, gone: ReadonlySet<string>): Journey {
  const nodes = journey.nodes.map((node) => {
    if (gone.has(node.id) || !Object.values(node.next).some((target) => target !== null && gone.has(target))) return node;
    // A loop that closes onto itself would let nobody out: such a way stays open instead.
    const next = Object.entries(node.next).map(([port, target]) => {
      const heir = heirOf(journey, gone, target);
      return [port, target !== null && gone.has(target) && heir === node.id ? null : heir];
    });
    return { ...node, next: Object.fromEntries(next) };
  });
  const { next } = journey.entry;
  return { ...journey, nodes, entry: next !== null && gone.has(next) ? { ...journey.entry, next: heirOf(journey, gone, next) } : journey.entry };
}

/** Removes steps and notes; the same journey when none of them is there. */
export function deleteParts(journey: Journey, ids: readonly string[]): Journey {
  const gone = new Set(ids.filter((id) => findNode(journey, id)));
  const notes = journey.notes?.filter(({ id }) => !ids.includes(id));
  const fewer = notes && notes.length < (journey.notes?.length ?? 0) ? { ...journey, notes } : journey;
  if (gone.size === 0) return fewer;
  const bypassed = bypass(fewer, gone);
  return { ...bypassed, nodes: bypassed.nodes.filter(({ id }) => !gone.has(id)) };
}

/** Moves steps, connected among each other as before, onto a way out that is not one of theirs. */
export function moveSteps(journey: Journey, ids: readonly string[], to: Port, positions: Positions): Journey {
  const moved = new Set(ids.filter((id) => findNode(journey, id)));
  const root = rootOf(journey.nodes.filter(({ id }) => moved.has(id)));
  if (!root || moved.has(to.nodeId) || !hasPort(journey, to)) return journey;
  const bypassed = bypass(journey, moved);
  const loose: Journey = { ...bypassed, nodes: bypassed.nodes.map((node) => (moved.has(node.id) ? { ...node, next: Object.fromEntries(Object.entries(node.next).filter(([, target]) => target !== null && moved.has(target))) } : node)) };
  const steps = loose.nodes.filter(({ id }) => moved.has(id));
  return moveParts(insertAt(loose, to, root.id, lastPortOf(steps, root.id)), positions);
}
