/** Learns from samples what the events of a type hold, and proposes a schema for a person to agree to (§11.4). Pure: the samples are handed in. */
import { kindOf, type EventSchema, type PropertyKind } from './event-schema.ts';

/** `kinds` are those seen, with how often; `seen` counts the samples that held the property at all; `examples` are the most frequent values. */
export type LearnedProperty = { name: string; seen: number; kinds: { kind: PropertyKind; count: number }[]; examples: (string | number | boolean)[]; few: boolean };
export type LearnedSchema = { samples: number; properties: LearnedProperty[] };

const MOST_PROPERTIES = 100;
const MOST_EXAMPLES = 5;
const MOST_DEPTH = 3;
const LONGEST_EXAMPLE = 80;
/** Below this a coincidence is not a rule. */
const LEAST_SAMPLES = 10;
/** As many different values at most are proposed as the only ones, each seen twice on average. */
const MOST_VALUES = 12;

type Tally = { seen: number; kinds: Map<PropertyKind, number>; values: Map<string | number | boolean, number>; overflowed: boolean };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function add(tallies: Map<string, Tally>, name: string, value: unknown): void {
  const kind = kindOf(value);
  if (kind === null) return;
  const tally = tallies.get(name) ?? { seen: 0, kinds: new Map(), values: new Map(), overflowed: false };
  if (!tallies.has(name)) {
    if (tallies.size >= MOST_PROPERTIES) return;
    tallies.set(name, tally);
  }
  tally.seen += 1;
  tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return;
  const short = typeof value === 'string' ? value.slice(0, LONGEST_EXAMPLE) : value;
  if (tally.values.has(short) || tally.values.size < MOST_VALUES) tally.values.set(short, (tally.values.get(short) ?? 0) + 1);
  else tally.overflowed = true;
}

function walk(tallies: Map<string, Tally>, properties: Record<string, unknown>, under: string, depth: number): void {
  for (const [key, value] of Object.entries(properties)) {
    if (key === '' || key.includes('.')) continue;
    const name = under + key;
    add(tallies, name, value);
    if (isObject(value) && depth < MOST_DEPTH) walk(tallies, value, `${name}.`, depth + 1);
  }
}

/** In the order of the names, so that the same samples give the same answer whatever their order. */
export function learnSchema(samples: readonly Record<string, unknown>[]): LearnedSchema {
  const tallies = new Map<string, Tally>();
  for (const properties of samples) walk(tallies, properties, '', 1);
  const properties = [...tallies].map(([name, { seen, kinds, values, overflowed }]): LearnedProperty => ({
    name, seen,
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })).sort((left, right) => right.count - left.count || (left.kind < right.kind ? -1 : 1)),
    examples: [...values].sort(([left, often], [right, rarely]) => rarely - often || (String(left) < String(right) ? -1 : 1)).slice(0, MOST_EXAMPLES).map(([value]) => value),
    few: !overflowed && values.size > 0 && values.size * 2 <= seen,
  }));
  return { samples: samples.length, properties: properties.sort((left, right) => (left.name < right.name ? -1 : 1)) };
}

function kindFor({ kinds }: LearnedProperty): PropertyKind {
  const names = new Set(kinds.map(({ kind }) => kind));
  if (names.size === 1) return kinds[0]?.kind ?? 'any';
  return [...names].every((kind) => kind === 'text' || kind === 'time') ? 'text' : 'any';
}

/**
 * A schema that every sample holds to: a property is required when every sample held it, of the one kind that was seen, and of no value in particular. With
 * fewer than ten samples nothing is required. Whoever agrees may narrow it.
 */
export function proposeSchema({ samples, properties }: LearnedSchema): EventSchema {
  const nested = (name: string): boolean => name.includes('.');
  const rules = properties.map((property) => [property.name, { kind: kindFor(property), required: samples >= LEAST_SAMPLES && property.seen === samples && !nested(property.name) }] as const);
  return { properties: Object.fromEntries(rules), others: 'accepted' };
}
