/**
 * Asks a server of the brand's own and waits for its answer, which is from then on the event in hand (§4.3). The request leaves through an outbox of its
 * own, is made again when the server is busy or silent, and is answered by the author's own words in a sandbox.
 */
import { z } from 'zod';
import { addDuration, Duration, roundWake } from '#domain/journeys/duration.ts';
import { defineNodeKind, WAITING_COST, type References, type StepInput, type StepOutcome, type WaitSight } from '#domain/journeys/node-kind.ts';
import { STEP_ROOTS, stepVariables } from '#domain/journeys/step-variables.ts';
import { fillAddress, isAddress } from '#domain/requests/address.ts';
import { HTTP_METHODS, LARGEST_BODY_BYTES, type PlannedRequest } from '#domain/requests/planned-request.ts';
import { fillInJson, hasStrayBraces, pathsIn } from '#domain/shared/fill-in.ts';
import type { Problem } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';

/** Headers that say how the connection works, or that are ours. */
const OURS = ['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect', 'idempotency-key', 'content-type', 'accept-encoding', 'proxy-authorization'];

export const HttpRequestSettings = z.strictObject({
  method: z.enum(HTTP_METHODS),
  /** Empty in a draft. */
  address: z.string().max(2_000),
  headers: z.array(z.strictObject({ name: z.string().regex(/^[A-Za-z0-9-]{1,60}$/, 'Write letters, digits and hyphens.'), value: z.string().max(500).regex(/^[\x20-\x7e]*$/, 'Write plain characters.') })).max(10).default([]),
  /** JSON, whose texts may name what is known of the customer. */
  body: z.string().max(10_000).optional(),
  timeoutSeconds: z.number().int().min(1).max(30).default(10),
  /** Whoever has no answer by then goes the way `late`. */
  lateAfter: Duration.optional(),
  /** What a sandbox and the simulator answer; 200 and an empty object when absent. */
  sandboxAnswer: z.strictObject({ status: z.number().int().min(100).max(599), body: z.string().max(10_000) }).optional(),
});
export type HttpRequestSettings = z.infer<typeof HttpRequestSettings>;

/** A JSON text as a value, or undefined when it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rootOf = (path: string): string => path.split('.')[0] ?? path;
const known: readonly string[] = STEP_ROOTS;
/** The secrets that the headers name. */
export const secretsOf = ({ headers }: Pick<HttpRequestSettings, 'headers'>): string[] => headers.flatMap(({ value }) => pathsIn(value).filter((path) => rootOf(path) === 'secret').map((path) => path.slice('secret.'.length)));

function validate(settings: HttpRequestSettings, { secrets }: References): Problem[] {
  const { address, headers, body, sandboxAnswer, method } = settings;
  const problems: Problem[] = [];
  if (address === '') problems.push({ code: 'http.noAddress', message: 'Say where the request goes.', path: ['address'] });
  else if (!isAddress(address)) problems.push({ code: 'http.address', message: 'Write an address that begins with https:// and a host name; only path and query may hold {{ … }}.', path: ['address'] });
  const stranger = [...pathsIn(address), ...pathsIn(body ?? '')].find((path) => !known.includes(rootOf(path)));
  if (stranger !== undefined) problems.push({ code: 'http.variable', message: `Nothing is known under «${stranger}»: begin with ${STEP_ROOTS.join(', ')}.`, path: [pathsIn(address).includes(stranger) ? 'address' : 'body'] });
  headers.forEach(({ name, value }, index) => {
    if (OURS.includes(name.toLowerCase())) problems.push({ code: 'http.header', message: `The header ${name} is set by Parcours.`, path: ['headers', index, 'name'] });
    if (hasStrayBraces(value) || pathsIn(value).some((path) => !/^secret\.[a-z0-9-]+$/.test(path))) problems.push({ code: 'http.headerValue', message: 'A header may name secrets only, as {{ secret.name }}.', path: ['headers', index, 'value'] });
  });
  const unknown = secrets && secretsOf(settings).find((name) => !secrets.has(name));
  if (unknown) problems.push({ code: 'reference.secret', message: `There is no secret «${unknown}»: write it under Settings, or choose another.`, path: ['headers'] });
  if (body !== undefined && method !== 'GET' && jsonIn(body) === undefined) problems.push({ code: 'http.body', message: 'The body is not JSON: put texts and {{ … }} between quotes.', path: ['body'] });
  if (sandboxAnswer && sandboxAnswer.body !== '' && jsonIn(sandboxAnswer.body) === undefined) problems.push({ code: 'http.sandboxBody', message: 'The answer of the sandbox is not JSON.', path: ['sandboxAnswer', 'body'] });
  return problems;
}

const wakesAt = ({ lateAfter }: HttpRequestSettings, { since, zone }: Pick<WaitSight, 'since' | 'zone'>): Instant | null => (lateAfter ? roundWake(since, addDuration(since, lateAfter, zone)) : null);

function step(input: StepInput<HttpRequestSettings>): StepOutcome {
  const { settings, enrollment, nodeId, visit, journey, at, facts } = input;
  const variables = stepVariables(input);
  const filled = fillAddress(settings.address, variables);
  if (!filled.ok) return { kind: 'fail', reason: { code: 'http.missing', figures: { variable: filled.missing } } };
  const template = settings.body === undefined || settings.method === 'GET' ? undefined : jsonIn(settings.body);
  const body = template === undefined ? null : JSON.stringify(fillInJson(template, variables));
  if (filled.address.length > 4_000 || (body?.length ?? 0) > LARGEST_BODY_BYTES) return { kind: 'fail', reason: { code: 'http.requestTooLarge' } };
  const { sandboxAnswer = { status: 200, body: '{}' } } = settings;
  const request: PlannedRequest = {
    key: `${enrollment.id}:${nodeId}:${visit}`, method: settings.method, address: filled.address, headers: settings.headers, body, timeoutSeconds: settings.timeoutSeconds,
    sandboxAnswer: { status: sandboxAnswer.status, body: jsonIn(sandboxAnswer.body) ?? null }, plannedAt: at, enrollmentId: enrollment.id, journeyId: journey.id, versionId: journey.versionId, nodeId, visit,
  };
  return { kind: 'wait', waiting: { wakeAt: wakesAt(settings, { since: at, zone: facts.zone }) }, effects: [{ kind: 'sendRequest', request, depth: 1 }] };
}

export const httpRequestNode = defineNodeKind({
  kind: 'httpRequest',
  family: 'change',
  settings: HttpRequestSettings,
  defaults: (): HttpRequestSettings => ({ method: 'POST', address: '', headers: [], body: '{\n  "customer": "{{ customer.id }}"\n}', timeoutSeconds: 10 }),
  ports: ({ lateAfter }) => ['next', ...(lateAfter ? ['late'] : [])],
  canFail: true,
  validate,
  heldOutPort: 'next',
  // A server that answers at once is no wait: a cycle needs one beside it, or it would be asked a thousand times (§4.4).
  waits: false,
  cost: WAITING_COST,
  awaits: () => [{ type: 'http.answered' }],
  isFor: ({ properties }, key) => properties['requestKey'] === key,
  wakesAt,
  step,
  resume: (_, { wakeAt }, cause) => {
    if (cause.kind === 'timer') return { kind: 'go', port: 'late' };
    if (cause.kind !== 'event') return { kind: 'wait', waiting: { wakeAt } };
    const { ok, status, reason } = cause.event.properties;
    if (ok === true) return { kind: 'go', port: 'next', detail: { status } };
    return { kind: 'fail', reason: typeof reason === 'string' ? { code: reason } : { code: 'http.status', figures: { status } } };
  },
});
