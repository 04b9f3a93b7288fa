/** Conditions as a form shows them: groups of parts that combine in one of three ways. A group of one is its part. */
import type { Condition, EventCondition, FieldCondition } from '#domain/audiences/condition.ts';
import { fieldType, KNOWN_FIELDS } from '#domain/audiences/fields.ts';
import { OPERATORS, OPERATOR_NAMES, type Operator } from '#domain/audiences/operators.ts';
import type { Catalogue } from '#components/canvas/journey-api.ts';

export const GROUP_MODES = ['all', 'any', 'none'] as const;
export type GroupMode = (typeof GROUP_MODES)[number];
export type Group = { mode: GroupMode; parts: Condition[] };
export type Scope = 'subject' | 'event';

export const isGroup = (condition: Condition): boolean => 'all' in condition || 'any' in condition || 'not' in condition;
export const isCount = (condition: Condition): condition is EventCondition => 'event' in condition;
export const isField = (condition: Condition): condition is FieldCondition => 'field' in condition;

export function toGroup(condition: Condition): Group {
  if ('all' in condition) return { mode: 'all', parts: condition.all };
  if ('any' in condition) return { mode: 'any', parts: condition.any };
  if ('not' in condition) return { mode: 'none', parts: 'any' in condition.not ? condition.not.any : [condition.not] };
  return { mode: 'all', parts: [condition] };
}

export function fromGroup({ mode, parts }: Group): Condition {
  const [only] = parts;
  if (mode === 'none') return { not: parts.length === 1 && only && !('any' in only) ? only : { any: parts } };
  if (parts.length === 1 && only && !isGroup(only)) return only;
  return mode === 'all' ? { all: parts } : { any: parts };
}

/** Fields whose last part the workspace names. */
export const NAMED_BY_HAND = ['customer.attributes.', 'event.properties.', 'properties.'] as const;
export const prefixOf = (field: string): string | null => NAMED_BY_HAND.find((prefix) => field.startsWith(prefix)) ?? null;

const propertiesOf = (sample: unknown): string[] => {
  if (typeof sample !== 'object' || sample === null) return [];
  const inner: unknown = 'properties' in sample ? sample.properties : sample;
  return typeof inner === 'object' && inner !== null ? Object.keys(inner).filter((key) => /^[A-Za-z0-9_-]+$/.test(key)) : [];
};

/** What can stand in a path. */
const NAMED = /^[A-Za-z0-9_-]+$/;

export type FieldOption = { group: string; field: string };

/** The fields to choose from, by group. `eventType` is the event in hand, or the one that is counted. */
export function fieldOptions(scope: Scope, { programmes, offers, eventTypes, attributes }: Pick<Catalogue, 'programmes' | 'offers' | 'eventTypes' | 'attributes'>, eventType?: string): FieldOption[] {
  const properties = propertiesOf(eventTypes.find(({ type }) => type === eventType)?.sample);
  if (scope === 'event') return [...properties.map((key) => ({ group: 'properties', field: `properties.${key}` })), { group: 'properties', field: 'properties.' }];
  return [
    ...KNOWN_FIELDS.map(({ field }) => ({ group: field.split('.')[0] ?? '', field })),
    ...programmes.map(({ key }) => ({ group: 'balance', field: `balance.${key}` })),
    ...offers.map(({ key }) => ({ group: 'voucher', field: `voucher.${key}.active` })),
    ...attributes.filter((name) => NAMED.test(name)).map((name) => ({ group: 'attributes', field: `customer.attributes.${name}` })),
    { group: 'attributes', field: 'customer.attributes.' },
    ...properties.map((key) => ({ group: 'properties', field: `event.properties.${key}` })),
    { group: 'properties', field: 'event.properties.' },
  ];
}

/** The operators that fit a field; a field that is still being named takes them all. */
export const operatorsFor = (field: string, scope: Scope): Operator[] => {
  const type = fieldType(field, scope) ?? 'any';
  return OPERATOR_NAMES.filter((name) => { const fields: readonly string[] = OPERATORS[name].fields; return fields.includes(type); });
};

/** A condition on the field that can be completed: its first fitting operator, with a usual value. */
export function beginField(field: string, scope: Scope, is?: Operator): FieldCondition {
  const type = fieldType(field, scope) ?? 'any';
  const operator = is ?? (type === 'number' ? 'atLeast' : type === 'date' ? 'withinLastDays' : type === 'list' ? 'contains' : 'equals');
  const values = { scalar: type === 'boolean' ? true : type === 'number' ? 1 : '', list: [], number: 1, text: '', date: '', days: 30, none: undefined };
  const value = values[OPERATORS[operator].value];
  return { field, is: operator, ...(value === undefined ? {} : { value }) };
}

/** What is typed for a field whose type only the run knows: numbers and yes-or-no are kept as such. */
export function readTyped(text: string): string | number | boolean {
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}
