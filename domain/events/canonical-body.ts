/** The bytes by which two posts under one id are compared (§11.3): the same body in another key order is the same body. */

/** Far above what an event needs, and low enough that no reader runs out of stack. */
export const DEEPEST_BODY = 32;

/** JSON with the keys of every object sorted. The argument is a value that JSON can hold, at most `DEEPEST_BODY` deep. */
export const canonicalBody = (body: unknown): string => JSON.stringify(sortKeys(body));

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, inner]) => [key, sortKeys(inner)]));
}

/** The path of the first thing that cannot be stored (a NUL or half a surrogate pair in a text or key, too deep a nest), or null. */
export function findUnstorable(value: unknown, path: (string | number)[] = []): (string | number)[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  if (path.length >= DEEPEST_BODY) return path;
  const entries: [string | number, unknown][] = Array.isArray(value) ? value.map((inner: unknown, index): [number, unknown] => [index, inner]) : Object.entries(value);
  for (const [key, inner] of entries) {
    const found = typeof key === 'string' && !isStorable(key) ? path : findUnstorable(inner, [...path, key]);
    if (found) return found;
  }
  return null;
}

const isStorable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);
