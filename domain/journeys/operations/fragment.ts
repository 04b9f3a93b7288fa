/** Steps on their way between journeys and windows: what a copy puts on the clipboard as JSON, and what a paste makes of it. */
import { z } from 'zod';
import { CanvasNote, Journey, JourneyNode, type JourneyNode as Node } from '#domain/journeys/definition.ts';
import type { References } from '#domain/journeys/node-kind.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';

const Names = z.record(z.string(), z.string().max(200));

/** `names` are what people call the things that the steps refer to, so that a missing one can be named in another workspace. */
export const Fragment = z.strictObject({ parcours: z.literal('steps'), formatVersion: z.literal(1), nodes: z.array(JourneyNode).max(500), notes: z.array(CanvasNote).max(100).default([]), names: Names.default({}) });
export type Fragment = z.infer<typeof Fragment>;

/** The steps and notes of these ids, with the connections among them. */
export function copyFragment(journey: Journey, ids: readonly string[], names: Record<string, string> = {}): Fragment {
  const chosen = new Set(ids);
  const nodes = journey.nodes.filter(({ id }) => chosen.has(id)).map((node) => ({ ...node, next: Object.fromEntries(Object.entries(node.next).filter(([, target]) => target !== null && chosen.has(target))) }));
  const text = JSON.stringify(nodes);
  return { parcours: 'steps', formatVersion: 1, nodes, notes: (journey.notes ?? []).filter(({ id }) => chosen.has(id)), names: Object.fromEntries(Object.entries(names).filter(([key]) => text.includes(JSON.stringify(key)))) };
}

/** A fragment in a clipboard's text; a whole journey is one too. Null for anything else. */
export function readFragment(text: string): Fragment | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const fragment = Fragment.safeParse(value);
  if (fragment.success) return fragment.data;
  const journey = Journey.safeParse(value);
  return journey.success ? copyFragment(journey.data, [...journey.data.nodes, ...(journey.data.notes ?? [])].map(({ id }) => id)) : null;
}

/** The same steps under new ids, moved by `by`: `newId` answers one per step or note. */
export function renewIds({ nodes, notes, ...rest }: Fragment, newId: (kind: string) => string, by: { x: number; y: number }): Fragment {
  const renewed = new Map([...nodes.map((node) => [node.id, newId(node.kind)] as const), ...notes.map(({ id }) => [id, newId('note')] as const)]);
  const moved = ({ x, y }: { x: number; y: number }) => ({ x: x + by.x, y: y + by.y });
  const idOf = (id: string): string => renewed.get(id) ?? id;
  return {
    ...rest,
    nodes: nodes.map((node): Node => ({ ...node, id: idOf(node.id), next: Object.fromEntries(Object.entries(node.next).map(([port, target]) => [port, target && idOf(target)])), ...(node.position && { position: moved(node.position) }) })),
    notes: notes.map((note) => ({ ...note, id: idOf(note.id), position: moved(note.position) })),
  };
}

/** The names of templates, offers, programmes and categories that the steps refer to and that are not there. */
export function missingReferences({ nodes, names }: Fragment, references: References): string[] {
  const missing = new Set<string>();
  for (const node of nodes) {
    const problems = nodeKind(node.kind).validate?.(node.settings, references) ?? [];
    for (const { code, path } of problems) {
      if (!code.startsWith('reference.') || code.startsWith('reference.no')) continue;
      const value = Object.entries(node.settings).find(([name]) => name === path[0])?.[1] as unknown;
      if (typeof value === 'string') missing.add(names[value] ?? value);
    }
  }
  return [...missing];
}
