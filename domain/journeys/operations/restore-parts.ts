/** The inverse of every edit: the parts that it touched, as they were. Cheap enough to keep hundreds of them. */
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import type { Parts } from './operation.ts';

/** The parts of `before` that `after` no longer holds as the same objects; applying them to `after` gives `before`. */
export function changedParts(before: Journey, after: Journey): Parts {
  const was = new Map(before.nodes.map((node, index) => [node.id, { node, index }]));
  const is = new Map(after.nodes.map((node) => [node.id, node]));
  const gone = before.nodes.flatMap((node, index) => (is.get(node.id) === node ? [] : [{ id: node.id, index, node }]));
  const fresh = after.nodes.flatMap((node, index) => (was.has(node.id) ? [] : [{ id: node.id, index, node: null }]));
  return {
    nodes: [...fresh, ...gone],
    ...(before.entry === after.entry ? {} : { entry: before.entry }),
    ...(before.exits === after.exits ? {} : { exits: before.exits }),
    ...(before.name === after.name ? {} : { name: before.name }),
  };
}

/** Puts the parts in place: nodes that are null go, others replace their namesake or return to their place in the list. */
export function restoreParts(journey: Journey, parts: Parts): Journey {
  const given = new Map(parts.nodes.map((part) => [part.id, part]));
  const there = new Set(journey.nodes.map((node) => node.id));
  const nodes: JourneyNode[] = journey.nodes.flatMap((node) => {
    const part = given.get(node.id);
    return part ? (part.node ? [part.node] : []) : [node];
  });
  const back = parts.nodes.flatMap(({ id, index, node }) => (node && !there.has(id) ? [{ index, node }] : []));
  for (const { index, node } of back.sort((left, right) => left.index - right.index)) nodes.splice(index, 0, node);
  return { ...journey, nodes, entry: parts.entry ?? journey.entry, exits: parts.exits ?? journey.exits, name: parts.name ?? journey.name };
}
