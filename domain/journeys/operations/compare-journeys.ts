/** What differs between two drawings of one journey: steps added, removed, changed and moved, and the parts around them. */
import type { CanvasNote, Journey, JourneyNode } from '#domain/journeys/definition.ts';

export type JourneyDifference = {
  added: JourneyNode[];
  removed: JourneyNode[];
  /** Steps that do something else or lead elsewhere. */
  changed: { before: JourneyNode; after: JourneyNode; settings: boolean; ways: boolean }[];
  /** Steps that only stand elsewhere on the canvas. */
  moved: JourneyNode[];
  entry: boolean;
  exits: boolean;
  name: boolean;
  notes: boolean;
};

/** JSON with the keys of every object in one order; what is absent and what leads nowhere are the same. */
export function sameText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1))) : part));
}

const waysOf = ({ next }: JourneyNode): string => sameText(Object.fromEntries(Object.entries(next).filter(([, target]) => target !== null)));
const noted = (notes: CanvasNote[] | undefined): string => sameText([...(notes ?? [])].sort((left, right) => (left.id < right.id ? -1 : 1)));

export function compareJourneys(before: Journey, after: Journey): JourneyDifference {
  const was = new Map(before.nodes.map((node) => [node.id, node]));
  const is = new Set(after.nodes.map(({ id }) => id));
  const pairs = after.nodes.flatMap((node) => {
    const old = was.get(node.id);
    return old ? [{ before: old, after: node, settings: old.kind !== node.kind || sameText(old.settings) !== sameText(node.settings), ways: waysOf(old) !== waysOf(node) }] : [];
  });
  return {
    added: after.nodes.filter(({ id }) => !was.has(id)),
    removed: before.nodes.filter(({ id }) => !is.has(id)),
    changed: pairs.filter(({ settings, ways }) => settings || ways),
    moved: pairs.filter(({ settings, ways, ...pair }) => !settings && !ways && sameText(pair.before.position) !== sameText(pair.after.position)).map((pair) => pair.after),
    entry: sameText(before.entry) !== sameText(after.entry),
    exits: sameText(before.exits) !== sameText(after.exits),
    name: before.name !== after.name,
    notes: noted(before.notes) !== noted(after.notes),
  };
}
