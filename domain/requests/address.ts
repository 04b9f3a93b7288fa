/** Where a request may go: https to a host that is written out. Only path and query may name something of the customer, so no data chooses whom we speak to. */
import { fillIn, hasStrayBraces, pathsIn, valueAt } from '#domain/shared/fill-in.ts';

const ADDRESS = /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9])(:\d{1,5})?([/?][^#]*)?$/i;

/** The host of a template, or null when it is not one that a request may go to. */
export const hostOf = (template: string): string | null => ADDRESS.exec(template)?.[1]?.toLowerCase() ?? null;

export function isAddress(template: string): boolean {
  const match = ADDRESS.exec(template);
  const rest = match?.[3] ?? '';
  const port = match?.[2];
  return match !== null && !hasStrayBraces(rest) && !/[\s<>"\\^`]/.test(fillIn(rest, {})) && (port === undefined || (Number(port.slice(1)) >= 1 && Number(port.slice(1)) <= 65_535));
}

/** A value keeps to its own place: no slash, no question mark, and never a step up (`..`), which an URL would walk. */
const encodeValue = (text: string): string => (/^\.+$/.test(text) ? text.replaceAll('.', '%252E') : encodeURIComponent(text));

/** The address with its places filled, or the first part of its path that is not known of this customer. */
export function fillAddress(template: string, variables: Record<string, unknown>): { ok: true; address: string } | { ok: false; missing: string } {
  const [path = ''] = template.split('?');
  const missing = pathsIn(path).find((each) => { const value = valueAt(variables, each); return value === undefined || value === null || value === ''; });
  if (missing !== undefined) return { ok: false, missing };
  return { ok: true, address: fillIn(template, variables, encodeValue) };
}
