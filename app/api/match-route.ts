/** Finds the declared route of a method and path; `{name}` in a template takes one segment. */
import type { Route } from '#app/api/define-route.ts';

export const API_BASE = '/api/v1';

export type RouteMatch = { kind: 'found'; route: Route; params: Record<string, string> } | { kind: 'otherMethod'; methods: string[] } | { kind: 'none' };

function matchPath(template: string, segments: readonly string[]): Record<string, string> | null {
  const parts = template.split('/').slice(1);
  if (parts.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== segment) return null;
    if (name !== undefined) params[name] = segment;
  }
  return params;
}

/** A segment that is not valid percent-encoding matches nothing. Fixed segments win over parameters. */
export function matchRoute(routes: readonly Route[], method: string, pathname: string): RouteMatch {
  if (!pathname.startsWith(`${API_BASE}/`)) return { kind: 'none' };
  let segments: string[];
  try {
    segments = pathname.slice(API_BASE.length + 1).split('/').map(decodeURIComponent);
  } catch {
    return { kind: 'none' };
  }
  const fitting = routes.flatMap((route) => {
    const params = matchPath(route.path, segments);
    return params ? [{ route, params }] : [];
  }).sort((left, right) => Object.keys(left.params).length - Object.keys(right.params).length);
  const found = fitting.find(({ route }) => route.method === method);
  if (found) return { kind: 'found', ...found };
  return fitting.length > 0 ? { kind: 'otherMethod', methods: [...new Set(fitting.map(({ route }) => route.method))] } : { kind: 'none' };
}
