/** Errors at the edge as problem details (RFC 9457): a stable code, a sentence for this case, and the path of each thing that is wrong. */
import { z } from 'zod';
import type { Problem, Result } from '#domain/shared/result.ts';
import { isErrorCode, statusOf, titleOf, type ErrorCode } from '#app/api/error-codes.ts';

export const ProblemDocument = z.object({
  type: z.string().meta({ description: 'Where the code is explained, relative to this server.' }),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string().meta({ description: 'Stable; one of the table at the end of this documentation.' }),
  errors: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string(), code: z.string() })).optional(),
  requestId: z.string().optional().meta({ description: 'The id under which an unexpected error was logged.' }),
}).meta({ id: 'Problem', description: 'RFC 9457' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;

/** A refusal on its way to the edge. */
export class ApiError extends Error {
  constructor(readonly code: ErrorCode, detail: string, readonly errors: Problem[] = [], readonly headers: Record<string, string> = {}) {
    super(detail);
    this.name = 'ApiError';
  }
}

/** The value of a result; what is wrong with it becomes a refusal: by its own code when the table has one, else as an invalid request. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const [first] = result.problems;
  const code = first && isErrorCode(first.code) ? first.code : 'request.invalid';
  throw new ApiError(code, first?.message ?? titleOf(code), result.problems);
}

/** Issues of zod as problems, their paths beginning with `under`. */
export const problemsOf = (error: z.ZodError, under: (string | number)[] = []): Problem[] =>
  error.issues.map((issue) => ({ code: issue.code, message: issue.message, path: [...under, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))] }));

export function problemDocument(code: ErrorCode, detail: string, errors: Problem[] = []): ProblemDocument {
  return {
    type: `/api/v1/docs#error-${code}`, title: titleOf(code), status: statusOf(code), detail, code,
    ...(errors.length > 0 ? { errors: errors.map(({ path, message, code: ownCode }) => ({ path, message, code: ownCode })) } : {}),
  };
}

export function problemResponse(document: ProblemDocument, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(document), { status: document.status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers } });
}
