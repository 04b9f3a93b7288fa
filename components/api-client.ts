/** Speaks with /api/v1 from the browser, by the session's cookie. Refusals are problem details, thrown as `ApiProblem`; `useProblemSentence` says them in words. */
export const PAGE_HEADERS = { 'x-parcours-page': '1' } as const;

export type FieldProblem = { path: (string | number)[]; message: string; code: string };

export class ApiProblem extends Error {
  constructor(readonly status: number, readonly code: string, readonly detail: string, readonly errors: FieldProblem[] = [], readonly requestId: string | null = null) {
    super(detail);
    this.name = 'ApiProblem';
  }
}

type Query = Record<string, string | number | boolean | null | undefined>;
export type Page<T> = { items: T[]; next: string | null };

function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [[name, String(value)]])));
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ''}`;
}

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const given: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const errors = Array.isArray(given['errors']) ? (given['errors'] as FieldProblem[]) : [];
  return new ApiProblem(response.status, text(given['code'], 'internal'), text(given['detail'], response.statusText), errors, text(given['requestId'], '') || null);
}

let sentAlong: () => Record<string, string> = () => ({});
/** Headers that go with every request from now on: how a till says that it is one, and who stands at it. */
export function sendAlong(headers: () => Record<string, string>): void {
  sentAlong = headers;
}

/** A server that cannot be reached is the problem `offline`. */
async function send(method: string, path: string, options: { query?: Query; body?: unknown; once?: boolean | string; signal?: AbortSignal; headers?: Record<string, string> } = {}): Promise<Response> {
  const headers: Record<string, string> = { ...PAGE_HEADERS, ...sentAlong(), ...options.headers, accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.once) headers['idempotency-key'] = typeof options.once === 'string' ? options.once : crypto.randomUUID();
  let response: Response;
  try {
    response = await fetch(addressOf(path, options.query), { method, headers, credentials: 'same-origin', ...(options.body !== undefined && { body: JSON.stringify(options.body) }), ...(options.signal && { signal: options.signal }) });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiProblem(0, 'offline', 'The server cannot be reached.');
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** `T` is what the route is declared to answer. */
const request = async <T>(...asked: Parameters<typeof send>): Promise<T> => (await (await send(...asked)).json()) as T;

/** `post` and `put` send an idempotency key of their own, so that a repeated packet does nothing twice; a `key` makes a repeated `post` the same one. */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> => request<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T>(path: string, body?: unknown, key?: string, headers?: Record<string, string>): Promise<T> => request<T>('POST', path, { body: body ?? {}, once: key ?? true, ...(headers && { headers }) }),
  put: <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', path, { body, once: true }),
  /** A route that answers a file. */
  file: (path: string, body: unknown): Promise<Response> => send('POST', path, { body }),
  delete: <T>(path: string, body?: unknown): Promise<T> => request<T>('DELETE', path, { ...(body !== undefined && { body }), once: true }),
};
