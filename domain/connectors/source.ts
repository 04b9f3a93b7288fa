/**
 * Where a value of a post is found: `$.billing.email` in its body, `@` in the element of which an event is made, `#` in a line, `header:x-shopify-topic` in its
 * headers. A text with places, `woo-{{ $.id }}`, is filled; anything else stands for itself. ` || ` gives the next one a chance when a value is not there.
 */
import { z } from 'zod';

const STEP = String.raw`(?:\.[A-Za-z_][\w-]*|\[\d+\]|\['[^'\]]{1,100}'\])`;
const PATH = new RegExp(`^(?:[$@#]${STEP}*|header:[a-z][a-z0-9-]*)$`);
const LIST = new RegExp(String.raw`^[$@]${STEP}*\[\*\]$`);
const PLACE = /\{\{\s*([^{}]+?)\s*\}\}/g;

export const isPath = (text: string): boolean => PATH.test(text);

const ways = (source: string): string[] => source.split(' || ').map((way) => way.trim());
const isSource = (source: string): boolean => ways(source).every((way) => (/^[$@#]|^header:/.test(way) ? isPath(way) : [...way.matchAll(PLACE)].every(([, path = '']) => isPath(path)) && !/\{\{|\}\}/.test(way.replace(PLACE, ''))));

export const Source = z.string().trim().min(1).max(500).refine(isSource, 'Write a path such as $.billing.email or @.id, a text with paths such as shop-{{ $.id }}, or a plain text.');
export const ListPath = z.string().trim().max(300).regex(LIST, 'Write the path of a list, such as $.line_items[*].');

export type Place = { $: unknown; '@'?: unknown; '#'?: unknown; headers: Readonly<Record<string, string | undefined>> };

const stepsOf = (path: string): string[] => [...path.matchAll(/\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^'\]]+)'\]/g)].map(([, name, index, quoted]) => name ?? index ?? quoted ?? '');

/** The value at a path, of own properties only; undefined when there is none. */
export function valueAtPath(path: string, place: Place): unknown {
  if (path.startsWith('header:')) return place.headers[path.slice('header:'.length)];
  const root = path[0];
  let value: unknown = root === '$' || root === '@' || root === '#' ? place[root] : undefined;
  for (const step of stepsOf(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(step);
  }
  return value;
}

/** The elements of a list; none when there is no list. */
export function elementsAt(path: string, place: Place): unknown[] {
  const value = valueAtPath(path.slice(0, -'[*]'.length), place);
  return Array.isArray(value) ? value : [];
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** What a source says of a post, with the type that a value alone has there; null when nothing is there. A text is there when all its places are. */
export function readSource(source: string, place: Place): unknown {
  for (const way of ways(source)) {
    if (isPath(way)) {
      const value = valueAtPath(way, place);
      if (isThere(value)) return value;
      continue;
    }
    const paths = [...way.matchAll(PLACE)].map(([, path = '']) => valueAtPath(path, place));
    if (paths.every((value) => isThere(value) && typeof value !== 'object')) return way.replace(PLACE, (_, path: string) => String(valueAtPath(path, place)));
  }
  return null;
}

/** The same as a text; null for what is none. */
export function readText(source: string | undefined, place: Place): string | null {
  const value = source === undefined ? null : readSource(source, place);
  return value === null || typeof value === 'object' ? null : String(value).trim() || null;
}
