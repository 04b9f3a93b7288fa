/**
 * What the events of a type hold (§11.4): learned from samples, then agreed by a person. An event of an agreed type that does not hold to it is kept without
 * effect, with the path and what was expected there. A name with dots is a property inside an object: `address.city`.
 */
import { z } from 'zod';
import type { Problem } from '#domain/shared/result.ts';
import { parseInstant } from '#domain/shared/time.ts';
import { PROPERTY_KINDS } from './property-kinds.ts';

export const PropertyKind = z.enum(PROPERTY_KINDS);
export type PropertyKind = z.infer<typeof PropertyKind>;

const MOST_PROPERTIES = 200;
const MOST_VALUES = 100;

export const PropertyRule = z.strictObject({
  kind: PropertyKind,
  required: z.boolean().default(false),
  /** The only texts or numbers that it may be. */
  values: z.array(z.union([z.string().max(200), z.number()])).min(1).max(MOST_VALUES).optional(),
});
export type PropertyRule = z.infer<typeof PropertyRule>;

const PropertyName = z.string().regex(/^[^.\s][^.]{0,99}(\.[^.]{1,100}){0,4}$/, 'a property is named as it is posted, with dots for what lies inside an object');
export const EventSchema = z.strictObject({
  properties: z.record(PropertyName, PropertyRule).refine((rules) => Object.keys(rules).length <= MOST_PROPERTIES, `at most ${MOST_PROPERTIES} properties`),
  /** Whether properties that nobody agreed on are taken. */
  others: z.enum(['accepted', 'refused']).default('accepted'),
});
export type EventSchema = z.infer<typeof EventSchema>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const DAY = /^\d{4}-\d\d-\d\d$/;
const isTime = (text: string): boolean => (DAY.test(text) ? parseInstant(`${text}T00:00:00Z`) !== null : /^\d{4}-\d\d-\d\dT/.test(text) && parseInstant(text) !== null);

/** The narrowest kind of a value; null for none. */
export function kindOf(value: unknown): PropertyKind | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return isTime(value) ? 'time' : 'text';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return Array.isArray(value) ? 'list' : 'object';
}

/** A time is a text too. */
export const fitsKind = (value: unknown, kind: PropertyKind): boolean => {
  const own = kindOf(value);
  return own !== null && (kind === 'any' || own === kind || (kind === 'text' && own === 'time'));
};

/** What lies at a dotted name; undefined where nothing does. Only what the object itself holds counts. */
function valueAt(properties: Record<string, unknown>, name: string): unknown {
  let value: unknown = properties;
  for (const step of name.split('.')) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

const A_KIND: Record<PropertyKind, string> = { text: 'a text', number: 'a number', boolean: 'true or false', time: 'an instant or a day in ISO 8601', list: 'a list', object: 'an object', any: 'a value' };
const MOST_SHOWN = 10;
const shown = (values: readonly (string | number)[]): string => `${values.slice(0, MOST_SHOWN).map((value) => `«${value}»`).join(', ')}${values.length > MOST_SHOWN ? ' …' : ''}`;

function checkProperty(properties: Record<string, unknown>, name: string, { kind, required, values }: PropertyRule): Problem | null {
  const value = valueAt(properties, name);
  const path = ['properties', ...name.split('.')];
  const found = kindOf(value);
  if (found === null) return required ? { code: 'event.missingProperty', message: `«${name}» is missing: ${A_KIND[kind]} is expected here.`, path } : null;
  if (!fitsKind(value, kind)) return { code: 'event.propertyKind', message: `«${name}» is ${A_KIND[found]}, and ${A_KIND[kind]} is expected here.`, path };
  if (values && !values.some((allowed) => allowed === value)) return { code: 'event.propertyValue', message: `«${name}» is none of the values that are agreed: ${shown(values)}.`, path };
  return null;
}

/** All that is wrong with the properties of an event of an agreed type, in the order of the names. */
export function checkProperties(schema: EventSchema, properties: Record<string, unknown>): Problem[] {
  const problems = Object.entries(schema.properties).sort(([left], [right]) => (left < right ? -1 : 1)).flatMap(([name, rule]) => checkProperty(properties, name, rule) ?? []);
  if (schema.others === 'accepted') return problems;
  const agreed = new Set(Object.keys(schema.properties).map((name) => name.split('.')[0]));
  const others = Object.keys(properties).filter((name) => !agreed.has(name));
  return [...problems, ...others.map((name) => ({ code: 'event.otherProperty', message: `«${name}» is not agreed for this type.`, path: ['properties', name] }))];
}
