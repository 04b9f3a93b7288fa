/** An HTTP request that a journey makes for a customer: what leaves, under which key, and what a sandbox answers in the outside's place. */
import type { Instant } from '#domain/shared/time.ts';

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** An answer larger than this is not read to its end. */
export const LARGEST_ANSWER_BYTES = 65_536;
export const LARGEST_BODY_BYTES = 65_536;

export type PlannedRequest = {
  /** `{enrollment}:{node}:{visit}`, which is also its `Idempotency-Key`. */
  key: string;
  method: HttpMethod;
  address: string;
  /** Values may name secrets, as `{{ secret.name }}`: they are put in when the request leaves and kept nowhere else. */
  headers: { name: string; value: string }[];
  body: string | null;
  timeoutSeconds: number;
  sandboxAnswer: { status: number; body: unknown };
  plannedAt: Instant;
  enrollmentId: string;
  journeyId: string;
  versionId: string;
  nodeId: string;
  visit: number;
};

/** How a request ended. `status` is null when nobody answered, and then `reason` says why. */
export type RequestAnswer = { status: number | null; body: unknown; reason: string | null; attempts: number };

export const isGood = ({ status }: Pick<RequestAnswer, 'status'>): boolean => status !== null && status >= 200 && status < 300;

/** The event that an answer is (ARCHITECTURE 1.3): what conditions and messages then mean by `event.properties`. */
export const answeredEvent = ({ key, journeyId, enrollmentId, nodeId }: Pick<PlannedRequest, 'key' | 'journeyId' | 'enrollmentId' | 'nodeId'>, answer: RequestAnswer) => ({
  type: 'http.answered' as const,
  properties: { requestKey: key, journeyId, enrollmentId, nodeId, ok: isGood(answer), status: answer.status, reason: answer.reason, attempts: answer.attempts, body: answer.body },
});

/** The line that the timeline keeps of it: no body, which may hold anything. */
export const answeredTrace = ({ key }: Pick<PlannedRequest, 'key'>, answer: RequestAnswer) => ({
  code: 'http.answered', requestKey: key, ok: isGood(answer), status: answer.status, attempts: answer.attempts, ...(answer.reason === null ? {} : { reason: { code: answer.reason } }),
});

/** What the simulated outside of a sandbox answers (§12.7): what the author chose, at once, the first time. The simulator asks it too. */
export const simulatedAnswer = ({ sandboxAnswer }: Pick<PlannedRequest, 'sandboxAnswer'>): RequestAnswer => ({ ...sandboxAnswer, reason: null, attempts: 1 });
