/**
 * The operators of conditions, in one table that feeds screens, validation and the run: on which fields each may stand, what value it
 * takes, and its test. A test is only asked about a value that is there; `missing` and `exists` are decided before (missing is false for comparisons).
 */
import { z } from 'zod';
import { DAY_MS, parseInstant, type Instant } from '#domain/shared/time.ts';

/** What a field holds; `any` is what only the run knows (event properties, attributes, variables). */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'any';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Day = z.union([z.string().refine((text) => toInstant(text) !== null, 'a date is written 2026-03-29 or 2026-03-29T08:00:00Z'), z.number().int()]);
const VALUES = {
  scalar: Scalar,
  list: z.array(Scalar).min(1).max(1_000),
  number: z.number(),
  text: z.string().min(1),
  date: Day,
  days: z.number().nonnegative().max(36_525),
  none: z.undefined(),
} as const;
export type OperatorValue = keyof typeof VALUES;

type Test = (actual: unknown, value: unknown, at: Instant) => boolean;
type OperatorDefinition = { value: OperatorValue; fields: readonly FieldType[]; test: Test };

/** An instant of milliseconds, an ISO instant, or an ISO date (its midnight in UTC); null for anything else. */
export function toInstant(value: unknown): Instant | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? parseInstant(`${value}T00:00:00Z`) : parseInstant(value);
}

/** A list passes when one of its elements does: a purchase with shoes has a line whose category is shoes. */
const oneOf = (actual: unknown, passes: (element: unknown) => boolean): boolean => (Array.isArray(actual) ? actual.some(passes) : passes(actual));
const numbers = (compare: (left: number, right: number) => boolean): Test => (actual, value) =>
  oneOf(actual, (element) => typeof element === 'number' && typeof value === 'number' && compare(element, value));
const dates = (compare: (left: Instant, right: Instant) => boolean): Test => (actual, value) =>
  oneOf(actual, (element) => {
    const [left, right] = [toInstant(element), toInstant(value)];
    return left !== null && right !== null && compare(left, right);
  });
const days = (compare: (ageMs: number, spanMs: number) => boolean): Test => (actual, value, at) =>
  oneOf(actual, (element) => {
    const instant = toInstant(element);
    return instant !== null && typeof value === 'number' && compare(at - instant, value * DAY_MS);
  });
const equals: Test = (actual, value) => oneOf(actual, (element) => element === value);
const isIn: Test = (actual, value) => Array.isArray(value) && oneOf(actual, (element) => value.includes(element));
const contains: Test = (actual, value) =>
  oneOf(actual, (element) => (Array.isArray(actual) ? element === value : typeof element === 'string' && typeof value === 'string' && element.includes(value)));
const startsWith: Test = (actual, value) => oneOf(actual, (element) => typeof element === 'string' && typeof value === 'string' && element.startsWith(value));

const COMPARABLE = ['text', 'number', 'boolean', 'list', 'any'] as const;
const NUMERIC = ['number', 'any'] as const;
const DATED = ['date', 'any'] as const;
const EVERY = ['text', 'number', 'boolean', 'date', 'list', 'any'] as const;

export const OPERATORS = {
  equals: { value: 'scalar', fields: COMPARABLE, test: equals },
  notEquals: { value: 'scalar', fields: COMPARABLE, test: (actual, value, at) => !equals(actual, value, at) },
  in: { value: 'list', fields: COMPARABLE, test: isIn },
  notIn: { value: 'list', fields: COMPARABLE, test: (actual, value, at) => !isIn(actual, value, at) },
  greaterThan: { value: 'number', fields: NUMERIC, test: numbers((left, right) => left > right) },
  atLeast: { value: 'number', fields: NUMERIC, test: numbers((left, right) => left >= right) },
  lessThan: { value: 'number', fields: NUMERIC, test: numbers((left, right) => left < right) },
  atMost: { value: 'number', fields: NUMERIC, test: numbers((left, right) => left <= right) },
  /** In a list: one element is the value. In a text: the value is a part of it, capitals told apart. */
  contains: { value: 'text', fields: ['text', 'list', 'any'], test: contains },
  startsWith: { value: 'text', fields: ['text', 'any'], test: startsWith },
  exists: { value: 'none', fields: EVERY, test: () => true },
  missing: { value: 'none', fields: EVERY, test: () => false },
  before: { value: 'date', fields: DATED, test: dates((left, right) => left < right) },
  after: { value: 'date', fields: DATED, test: dates((left, right) => left > right) },
  /** Not older than so many times 24 hours, and not in the future. */
  withinLastDays: { value: 'days', fields: DATED, test: days((ageMs, spanMs) => ageMs >= 0 && ageMs <= spanMs) },
  moreThanDaysAgo: { value: 'days', fields: DATED, test: days((ageMs, spanMs) => ageMs > spanMs) },
} as const satisfies Record<string, OperatorDefinition>;

export type Operator = keyof typeof OPERATORS;
export const OPERATOR_NAMES = ['equals', 'notEquals', 'in', 'notIn', 'greaterThan', 'atLeast', 'lessThan', 'atMost', 'contains', 'startsWith', 'exists', 'missing',
  'before', 'after', 'withinLastDays', 'moreThanDaysAgo'] as const satisfies readonly Operator[];

/** Whether what a field holds passes the operator. Missing (undefined or null) fails all but `missing`, `notEquals` and `notIn` included. */
export function passesOperator(operator: Operator, actual: unknown, value: unknown, at: Instant): boolean {
  if (actual === undefined || actual === null) return operator === 'missing';
  return OPERATORS[operator].test(actual, value, at);
}

/** What is wrong with the value given to an operator, as a sentence; null when nothing is. */
export function operatorValueProblem(operator: Operator, value: unknown): string | null {
  const kind = OPERATORS[operator].value;
  const parsed = VALUES[kind].safeParse(value);
  if (parsed.success) return null;
  return kind === 'none' ? `${operator} takes no value` : `${operator} takes a value of kind ${kind}: ${parsed.error.issues[0]?.message ?? 'it is not one'}`;
}
