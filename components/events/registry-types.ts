/** A type of events as the registry answers it, and the rules of its properties as they are edited. */
import type { EventSchema, PropertyKind, PropertyRule } from '#domain/events/event-schema.ts';
import type { LearnedProperty, LearnedSchema } from '#domain/events/learn-schema.ts';
import type { FieldProblem } from '#components/events/event-types.ts';

export type RegisteredType = {
  type: string; firstSeenAt: string | null; quarantined: number; learned: LearnedSchema; proposed: EventSchema; version: number; agreed: EventSchema | null;
  versions: { version: number; schema: EventSchema | null; agreedBy: string; agreedByName: string | null; agreedAt: string }[];
};
export type TriedSchema = { samples: number; failing: number; faults: (FieldProblem & { count: number })[] };

/** A property on the screen: what was seen of it, and its rule; without a rule nothing is agreed about it. */
export type PropertyLine = { name: string; learned: LearnedProperty | null; rule: PropertyRule | null };

/** Every property that is agreed or was seen, by name. What was seen and is not agreed has no rule, unless nothing is agreed yet: then it is proposed. */
export function linesOf({ learned, proposed, agreed }: Pick<RegisteredType, 'learned' | 'proposed' | 'agreed'>): PropertyLine[] {
  const rules = (agreed ?? proposed).properties;
  const seen = new Map(learned.properties.map((property) => [property.name, property]));
  return [...new Set([...Object.keys(rules), ...seen.keys()])].sort().map((name) => ({ name, learned: seen.get(name) ?? null, rule: rules[name] ?? null }));
}

export const schemaOf = (lines: readonly PropertyLine[], others: EventSchema['others']): EventSchema => ({ properties: Object.fromEntries(lines.flatMap(({ name, rule }) => (rule ? [[name, rule]] : []))), others });

/** Numbers stay numbers where the kind is one; what is none is left out. */
export const readValues = (texts: readonly string[], kind: PropertyKind): (string | number)[] | undefined => {
  const values = kind === 'number' ? texts.map((text) => Number(text.replace(',', '.'))).filter(Number.isFinite) : texts.filter((text) => text !== '');
  return values.length > 0 ? values : undefined;
};

export const mayHaveValues = (kind: PropertyKind): boolean => kind === 'text' || kind === 'number';
