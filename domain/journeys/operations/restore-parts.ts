/** The inverse of every edit: the parts that it touched, as they were. Cheap enough to keep hundreds of them. */
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import type { Parts } from './operation.ts';

/** The parts of `before` that `after` no longer holds as the same objects; applying them to `after` gives `before`. */
export function changedParts(before: Journey, after: Journey): Parts {
  const was = new Set(before.nodes.map(({ id }) => id));
  const is = new Map(after.nodes.map((node) => [node.id, node]));
  // A list in another order is put back whole: what stays where it is has the same place counted from the start.
  const isReordered = before.nodes.filter(({ id }) => is.has(id)).map(({ id }) => id).join() !== after.nodes.filter(({ id }) => was.has(id)).map(({ id }) => id).join();
  const gone = before.nodes.flatMap((node, index) => (is.get(node.id) === node && !isReordered ? [] : [{ id: node.id, index, node }]));
  const fresh = after.nodes.flatMap((node, index) => (was.has(node.id) && !isReordered ? [] : [{ id: node.id, index, node: null }]));
  return {
    nodes: [...fresh, ...gone],
    ...(before.entry === after.entry ? {} : { entry: before.entry }),
    ...(before.exits === after.exits ? {} : { exits: before.exits }),
    ...(before.name === after.name ? {} : { name: before.name }),
    ...(before.notes === after.notes ? {} : { notes: before.notes ?? null }),
  };
}

/** Puts the parts in place: nodes that are null go, others replace their namesake or return to their place in the list. */
export function restoreParts(journey: Journey, parts: Parts): Journey {
  const removed = new Set(parts.nodes.flatMap(({ id, node }) => (node === null ? [id] : [])));
  const given = new Map(parts.nodes.flatMap(({ id, node }) => (node ? [[id, node] as const] : [])));
  const there = new Set(journey.nodes.flatMap(({ id }) => (removed.has(id) ? [] : [id])));
  const nodes: JourneyNode[] = journey.nodes.flatMap((node) => (there.has(node.id) ? [given.get(node.id) ?? node] : []));
  const back = parts.nodes.flatMap(({ id, index, node }) => (node && !there.has(id) ? [{ index, node }] : []));
  for (const { index, node } of back.sort((left, right) => left.index - right.index)) nodes.splice(index, 0, node);
  const { notes: drawn, ...rest } = journey;
  const notes = parts.notes === undefined ? drawn : (parts.notes ?? undefined);
  return { ...rest, nodes, entry: parts.entry ?? journey.entry, exits: parts.exits ?? journey.exits, name: parts.name ?? journey.name, ...(notes && { notes }) };
}
