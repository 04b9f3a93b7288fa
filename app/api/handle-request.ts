/**
 * The way of every API request: route, key, rate, scope, validation, then the handler in its transaction, and an answer. A 2xx is given only
 * after the commit. Nothing personal is logged: an unexpected error leaves its name, its code and where it was thrown, under an id.
 */
import { createHash, randomUUID } from 'node:crypto';
import pino from 'pino';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import type { Engine } from '#engine/engine.ts';
import { tell, timed } from '#engine/measured.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runCommand, type Idempotency } from '#engine/run-command.ts';
import { authenticate } from '#app/api/authenticate.ts';
import type { Answer, Caller, Prepared, Route } from '#app/api/define-route.ts';
import { isErrorCode } from '#app/api/error-codes.ts';
import { matchRoute } from '#app/api/match-route.ts';
import { ApiError, problemDocument, problemResponse } from '#app/api/problem.ts';
import { keepWithinStores, refuseBeyondStores } from '#app/api/store-limits.ts';
import type { RateLimiter } from '#app/api/rate-limit.ts';

/** Someone at a page: `storeIds` are the stores of a merchant, null for everybody else. */
export type SessionCaller = { userId: string; workspaceId: string; scopes: readonly string[]; storeIds: string[] | null };
export type RouterOptions = { routes: readonly Route[]; limiter: RateLimiter; log?: Pick<pino.Logger, 'error'>; /** Who is signed in on a page of ours, when no key is sent. */ session?: (request: Request) => Promise<SessionCaller | null>; /** Holds every answer to its declared schema: for tests. */ checksAnswers?: boolean };

const MAXIMUM_BODY_BYTES = 1_000_000;
const UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|57P0[123]|53300|57014)$/;

async function readBody(request: Request, maximumBytes: number): Promise<unknown> {
  const tooLarge = () => new ApiError('request.tooLarge', `A body has at most ${maximumBytes} bytes here.`);
  if (Number(request.headers.get('content-length') ?? 0) > maximumBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    const reader = request.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > maximumBytes) throw tooLarge();
      chunks.push(part.value);
    }
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new ApiError('request.malformed', 'The body is not JSON in UTF-8.');
  }
}

/** A body as it comes, a chunk at a time. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

type TransactionWork = Extract<Prepared, { kind: 'transaction' }>;

async function inTransaction(caller: Caller, route: Route, work: TransactionWork, idempotency: Idempotency | null): Promise<Answer<unknown>> {
  const usual = route.status ?? 200;
  const { answer: given, replayed } = await runCommand(caller.engine, caller, idempotency, async (scope) => {
    const done = await work.execute({ ...caller, ...scope });
    return { ...done, status: done.status ?? usual };
  });
  return replayed ? { ...given, headers: { 'idempotent-replayed': 'true' } } : given;
}

function readIdempotencyKey(request: Request, route: Route, body: unknown): Idempotency | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || !route.takesIdempotencyKey) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new ApiError('request.invalid', 'An Idempotency-Key has 1 to 200 printable characters.', [{ code: 'idempotencyKey', message: 'Use a random id.', path: ['headers', 'Idempotency-Key'] }]);
  const { pathname, search } = new URL(request.url);
  return { key, requestHash: createHash('sha256').update(`${request.method} ${pathname}${search}\n${canonicalBody(body ?? null)}`).digest() };
}

async function answer(engine: Engine, request: Request, options: RouterOptions): Promise<Response> {
  const { routes, limiter, checksAnswers } = options;
  const url = new URL(request.url);
  const found = matchRoute(routes, request.method, url.pathname);
  const caller = await authenticate(engine, request, options);
  const retryAfterSeconds = limiter.take(caller.keyId);
  if (retryAfterSeconds > 0) throw new ApiError('rate.limited', 'Too many requests with this key.', [], { 'retry-after': String(Math.ceil(retryAfterSeconds)) });
  if (found.kind === 'none') throw new ApiError('route.unknown', 'There is no such route; see /api/v1/docs.');
  if (found.kind === 'otherMethod') throw new ApiError('method.notAllowed', `This route takes ${found.methods.join(', ')}.`, [], { allow: found.methods.join(', ') });
  const { route, params } = found;
  requireScope(caller, route);
  refuseBeyondStores(caller, route);
  const body = route.body ? await readBody(request, route.maximumBodyBytes ?? MAXIMUM_BODY_BYTES) : undefined;
  const preparation = route.prepare({ params, query: Object.fromEntries(url.searchParams), body, ...(route.consumes && request.body && { file: chunksOf(request.body) }) });
  if (!preparation.ok && preparation.notFound) throw new ApiError(notFoundCode(route), 'The address names nothing that is here.', preparation.problems);
  if (!preparation.ok) throw new ApiError('request.invalid', 'The request is not valid.', preparation.problems);
  await keepWithinStores(caller, route, { params, query: Object.fromEntries(url.searchParams), body });
  const { prepared } = preparation;
  const given = prepared.kind === 'own' ? await prepared.execute(caller) : await inTransaction(caller, route, prepared, readIdempotencyKey(request, route, body));
  const status = given.status ?? route.status ?? 200;
  if (checksAnswers) route.response.parse(given.body);
  const text = route.produces !== undefined && typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
  return new Response(text, { status, headers: { 'content-type': route.produces ? `${route.produces}; charset=utf-8` : 'application/json', 'cache-control': 'no-store', ...given.headers } });
}

/** A till reaches what a till needs and nothing else; what is personal, only once somebody has said who they are. */
function requireScope({ scopes, till }: Caller, route: Route): void {
  const mayBy = (scope: string | undefined): boolean => scope !== undefined && scopes.includes(scope);
  if ((!mayBy(route.scope) && !mayBy(route.orScope)) || (till && route.forTills === undefined)) throw new ApiError('scope.missing', till ? 'A till has no access to this.' : `This needs the scope ${route.scope}.`);
  if (till?.locked && route.forTills === 'identified') throw new ApiError('till.locked', 'Say who stands at the till first: POST /till/identify.');
}

const notFoundCode = (route: Route) => route.errors.find((code) => code.endsWith('.unknown')) ?? 'route.unknown';

/** Takes a request from Next, or from a test, to its response; it never throws. */
export function handleRequest(engine: Engine, request: Request, options: RouterOptions): Promise<Response> {
  return timed(() => respond(engine, request, options), (seconds, result) => {
    const found = matchRoute(options.routes, request.method, new URL(request.url).pathname);
    tell('request', { seconds, method: request.method, route: found.kind === 'found' ? found.route.path : 'none', status: result.ok ? result.value.status : 500 });
  });
}

async function respond(engine: Engine, request: Request, options: RouterOptions): Promise<Response> {
  try {
    return await answer(engine, request, options);
  } catch (error) {
    if (error instanceof ApiError) return problemResponse(problemDocument(error.code, error.message, error.errors), error.headers);
    if (error instanceof PermanentError && isErrorCode(error.code)) return problemResponse(problemDocument(error.code, error.message));
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const requestId = randomUUID();
    options.log?.error({ requestId, name: error instanceof Error ? error.name : typeof error, code, at: stackOf(error) }, 'a request failed');
    if (code !== undefined && UNAVAILABLE.test(code)) return problemResponse({ ...problemDocument('unavailable', 'Try again in a moment.'), requestId }, { 'retry-after': '2' });
    return problemResponse({ ...problemDocument('internal', 'This was not your fault. Tell the operator the request id.'), requestId });
  }
}

/** Where it was thrown, without its message, which may hold personal data. */
const stackOf = (error: unknown): string[] => (error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim()) : []);
