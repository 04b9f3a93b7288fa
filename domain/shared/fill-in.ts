/** Fills `{{ customer.firstName }}` into a text: names and points only, no logic, so that what a step says can be told before it runs. */
const PLACE = /\{\{\s*([A-Za-z_]\w*(?:\.[\w-]+)*)\s*\}\}/g;

/** The value at a path of own properties; undefined when there is none. */
export function valueAt(variables: Record<string, unknown>, path: string): unknown {
  let value: unknown = variables;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value;
}

const written = (value: unknown): string => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** The paths that a text names, in their order. */
export const pathsIn = (template: string): string[] => [...template.matchAll(PLACE)].map((match) => match[1] ?? '');

/** Whether the text holds braces that are no place to fill. */
export const hasStrayBraces = (template: string): boolean => /\{\{|\}\}|\{%|%\}/.test(template.replace(PLACE, ''));

/** The text with each place filled; what is not known is empty. `encode` writes a value where it stands. */
export const fillIn = (template: string, variables: Record<string, unknown>, encode: (text: string) => string = (text) => text): string =>
  template.replace(PLACE, (_, path: string) => encode(written(valueAt(variables, path))));

/** The places of a JSON value: a text that is one place alone becomes the value itself, with its type; an unknown one becomes null. */
export function fillInJson(value: unknown, variables: Record<string, unknown>): unknown {
  if (typeof value === 'string') {
    const [alone, path] = /^\s*\{\{\s*([A-Za-z_]\w*(?:\.[\w-]+)*)\s*\}\}\s*$/.exec(value) ?? [];
    return alone !== undefined && path !== undefined ? (valueAt(variables, path) ?? null) : fillIn(value, variables);
  }
  if (Array.isArray(value)) return value.map((each) => fillInJson(each, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillInJson(each, variables)]));
}
