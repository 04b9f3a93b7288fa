/**
 * A route of the API is declared once: validation, scopes, the OpenAPI document and the page of documentation come from the same
 * declaration. `read` and `write` run in one transaction of the key's workspace; a write takes an Idempotency-Key. `run` opens its own.
 */
import { z } from 'zod';
import type { Problem } from '#domain/shared/result.ts';
import type { Scope } from '#engine/commands/scopes.ts';
import type { Engine } from '#engine/engine.ts';
import type { CommandScope } from '#engine/run-command.ts';
import type { ResolvedTill } from '#engine/tills/resolve-till.ts';
import type { ErrorCode } from '#app/api/error-codes.ts';
import { problemsOf } from '#app/api/problem.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** Who asks: `actor` as the audit log names it; `storeIds` are the only stores that a merchant, a till or a key of a store acts for, null when there is no such limit. */
export type Caller = { engine: Engine; workspaceId: string; actor: string; scopes: readonly string[]; storeIds: string[] | null; /** The paired till that asks, if it is one. */ till: ResolvedTill | null };
export type Answer<R> = { status?: number; body: R; headers?: Record<string, string> };

type Output<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;
type Input<P extends z.ZodType | undefined, Q extends z.ZodType | undefined, B extends z.ZodType | undefined> = { params: Output<P>; query: Output<Q>; body: Output<B> };
export type InTransaction<I> = I & Caller & CommandScope;

type Declaration<P extends z.ZodType | undefined, Q extends z.ZodType | undefined, B extends z.ZodType | undefined, R extends z.ZodType> = {
  method: Method;
  path: `/${string}`;
  noun: string;
  summary: string;
  description?: string;
  scope: Scope;
  /** Another scope that is enough by itself. */
  orScope?: Scope;
  /** Whether a paired till reaches it: always, or once somebody has said who they are (§11.6). A till reaches no other route. */
  forTills?: 'always' | 'identified';
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  /** A body as somebody would send it, for the documentation. */
  example?: unknown;
  /** The usual status, 200 when absent. */
  status?: 200 | 201 | 202;
  /** What it can refuse beside what every route can. */
  errors?: readonly ErrorCode[];
  /** A body larger than this is refused; one megabyte when absent. */
  maximumBodyBytes?: number;
  /** What it answers instead of JSON: the response is then a text. */
  produces?: 'text/csv';
  /** What an upload takes instead of JSON, as it comes: nothing of it is kept in memory. */
  consumes?: 'text/csv' | 'image/*';
} & (
  | { read: (input: InTransaction<Input<P, Q, B>>) => Promise<z.input<R>> }
  | { write: (input: InTransaction<Input<P, Q, B>>) => Promise<Answer<z.input<R>>> }
  | { run: (input: Input<P, Q, B> & Caller) => Promise<Answer<z.input<R>>> }
  | { upload: (input: Input<P, Q, B> & Caller & { file: AsyncIterable<Uint8Array> }) => Promise<Answer<z.input<R>>> }
);

export type RawInput = { params: Record<string, string>; query: Record<string, string>; body: unknown; file?: AsyncIterable<Uint8Array> };
type InScope = Caller & CommandScope;
/** A request that has been understood: it either works in a transaction of the router's, or opens its own. */
export type Prepared =
  | { kind: 'transaction'; writes: boolean; execute: (scope: InScope) => Promise<Answer<unknown>> }
  | { kind: 'own'; execute: (caller: Caller) => Promise<Answer<unknown>> };
export type Preparation = { ok: true; prepared: Prepared } | { ok: false; notFound: boolean; problems: Problem[] };

export type Route = Pick<Declaration<undefined, undefined, undefined, z.ZodType>, 'method' | 'path' | 'noun' | 'summary' | 'description' | 'scope' | 'orScope' | 'status' | 'maximumBodyBytes' | 'example' | 'produces' | 'consumes' | 'forTills'> & {
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  response: z.ZodType;
  errors: readonly ErrorCode[];
  takesIdempotencyKey: boolean;
  prepare: (raw: RawInput) => Preparation;
};

/** A part that is not declared is not read. */
function readPart<S extends z.ZodType | undefined>(schema: S, value: unknown, under: string, problems: Problem[]): Output<S> {
  const parsed = schema?.safeParse(value);
  if (parsed && !parsed.success) problems.push(...problemsOf(parsed.error, [under]));
  return (parsed?.success ? parsed.data : undefined) as Output<S>;
}

/** An upload without a body is an empty file. */
async function* nothing(): AsyncGenerator<Uint8Array> {}

export function defineRoute<R extends z.ZodType, P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined, B extends z.ZodType | undefined = undefined>(
  declaration: Declaration<P, Q, B, R>,
): Route {
  const { method, path, noun, summary, description, scope, orScope, status, response, errors = [], maximumBodyBytes, example, produces, consumes, forTills } = declaration;
  const prepare = (raw: RawInput): Preparation => {
    const problems: Problem[] = [];
    const params = readPart(declaration.params as P, raw.params, 'params', problems);
    if (problems.length > 0) return { ok: false, notFound: true, problems };
    const query = readPart(declaration.query as Q, raw.query, 'query', problems);
    const body = readPart(declaration.body as B, raw.body, 'body', problems);
    if (problems.length > 0) return { ok: false, notFound: false, problems };
    const input = { params, query, body };
    if ('run' in declaration) return { ok: true, prepared: { kind: 'own', execute: (caller) => declaration.run({ ...input, ...caller }) } };
    if ('upload' in declaration) return { ok: true, prepared: { kind: 'own', execute: (caller) => declaration.upload({ ...input, ...caller, file: raw.file ?? nothing() }) } };
    const execute = async (inScope: InScope): Promise<Answer<unknown>> =>
      'read' in declaration ? { body: await declaration.read({ ...input, ...inScope }) } : declaration.write({ ...input, ...inScope });
    return { ok: true, prepared: { kind: 'transaction', writes: 'write' in declaration, execute } };
  };
  return {
    method, path, noun, summary, scope, response, errors, prepare,
    ...(orScope === undefined ? {} : { orScope }), ...(description === undefined ? {} : { description }), ...(status === undefined ? {} : { status }), ...(example === undefined ? {} : { example }), ...(maximumBodyBytes === undefined ? {} : { maximumBodyBytes }), ...(produces === undefined ? {} : { produces }), ...(consumes === undefined ? {} : { consumes }), ...(forTills === undefined ? {} : { forTills }),
    params: declaration.params, query: declaration.query, body: declaration.body,
    takesIdempotencyKey: 'write' in declaration,
  };
}
