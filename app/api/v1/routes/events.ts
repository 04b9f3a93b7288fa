/** Events: posting them, and what is known of those posted. */
import { z } from 'zod';
import { listLastEvents } from '#db/queries/event-activity.ts';
import { listEventTypes, listQuarantined, listStores } from '#db/queries/settings.ts';
import { PostedEvent } from '#domain/events/parse-event.ts';
import { formatId } from '#domain/shared/ids.ts';
import { ingestEvents, type IngestAnswer } from '#engine/ingest-events.ts';
import { replayQuarantined, REPLAYED_AT_A_TIME } from '#engine/replay-quarantined.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute, type Caller } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, pageOf, PageOf, pageQuery, readCursor, TEXT_KEY, UUID_KEY } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';

const MAXIMUM_EVENTS = 1_000;
const MAXIMUM_STORES = 10_000;

const FieldProblem = z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string(), code: z.string() });
const LoyaltyAnswer = z.object({
  programme: z.string(),
  points: z.number().int().meta({ description: 'Points of this event; negative for a return.' }),
  balance: z.number().int(),
  explanation: z.array(z.object({ rule: z.string(), applied: z.boolean(), points: z.number().int(), why: z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()) }) })),
  next: z.object({ reward: z.string(), missingPoints: z.number().int() }).nullable(),
});
const EventAnswer = z.object({
  id: z.string().nullable().meta({ description: 'The id as it was posted.' }),
  status: z.enum(['accepted', 'duplicate', 'quarantined', 'rejected']),
  httpStatus: z.union([z.literal(202), z.literal(409), z.literal(422)]).meta({ description: 'What the event would have been answered alone: 409 when its id was used with another body.' }),
  eventId: Id('event').optional(),
  customerId: Id('customer').optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  problems: z.array(FieldProblem).optional(),
  loyalty: z.array(LoyaltyAnswer).optional(),
  entersNothing: z.literal('historical').optional(),
}).meta({ id: 'EventAnswer' });

function toAnswer({ id, status, eventId, customerId, problems, loyalty, entersNothing }: IngestAnswer): z.input<typeof EventAnswer> {
  const [first] = problems ?? [];
  return {
    id, status, httpStatus: status !== 'rejected' ? 202 : first?.code === 'event.conflict' ? 409 : 422,
    ...(eventId ? { eventId: formatId('event', eventId) } : {}),
    ...(customerId ? { customerId: formatId('customer', customerId) } : {}),
    ...(first ? { code: first.code, message: first.message, path: first.path, problems } : {}),
    ...(loyalty ? { loyalty } : {}), ...(entersNothing ? { entersNothing } : {}),
  };
}

/** A list's elements are read one by one by the engine, so that one that is wrong refuses itself alone. */
const { $schema: _, ...eventSchema } = z.toJSONSchema(PostedEvent, { io: 'input', unrepresentable: 'any' });
const Body = z.unknown().refine((body) => body !== null && typeof body === 'object', 'Post an event or a list of events.')
  .refine((body) => !Array.isArray(body) || (body.length >= 1 && body.length <= MAXIMUM_EVENTS), `A list holds 1 to ${MAXIMUM_EVENTS} events.`)
  .meta({ anyOf: [eventSchema, { type: 'array', minItems: 1, maxItems: MAXIMUM_EVENTS, items: {} }] });

/** Whoever acts for one store alone need not name it. */
const withOnlyStore = (input: unknown, externalId: string): unknown => (typeof input === 'object' && input !== null && !Array.isArray(input) && !('store' in input) ? { ...input, store: externalId } : input);

/** A merchant, a till or a key of a store posts events of its own stores, and of no other: the events as they are taken in. */
async function requireOwnStores({ engine, workspaceId, actor }: Caller, storeIds: string[], given: unknown[]): Promise<unknown[]> {
  const stores = await runInWorkspace(engine, { workspaceId, actor }, ({ transaction }) => listStores(transaction, { after: null, limit: MAXIMUM_STORES }));
  const own = new Set(stores.filter(({ id }) => storeIds.includes(id)).map(({ externalId }) => externalId));
  const [only, ...more] = own;
  const inputs = only !== undefined && more.length === 0 ? given.map((input) => withOnlyStore(input, only)) : given;
  const isOwn = (input: unknown): boolean => typeof input === 'object' && input !== null && 'store' in input && typeof input.store === 'string' && own.has(input.store);
  if (!inputs.every(isOwn)) throw new ApiError('store.notYours', 'Events of your own stores only: name one of them as `store`.');
  return inputs;
}

const postEvents = defineRoute({
  method: 'POST', path: '/events', noun: 'Events', summary: 'Post one event, or up to 1,000', scope: 'events:write', forTills: 'always', status: 202, maximumBodyBytes: 8_000_000,
  description: 'Each element has its own fate: accepted, duplicate (the same id and body: the answer of the first time), quarantined (kept without effect, with the reason) or rejected. 202 is given once what was accepted is committed. '
    + 'A single event that is rejected answers 422, or 409 when its id was used with another body; so does a list of which nothing was taken.',
  body: Body,
  example: { id: 'till-7-000123', type: 'purchase', customer: { card: '2000 0017' }, properties: { orderId: '000123', amountMinor: 4_590, currency: 'EUR', lines: [{ lineId: '1', sku: 'dress-104', quantity: 1, amountMinor: 4_590, categories: ['dresses'] }] } },
  response: z.object({ events: z.array(EventAnswer) }),
  errors: ['event.rejected', 'event.conflict', 'request.tooLarge', 'request.malformed', 'store.notYours'],
  async run({ body, ...caller }) {
    const { engine, workspaceId, storeIds, till, actor } = caller;
    const given: unknown[] = Array.isArray(body) ? body : [body];
    const inputs = storeIds === null ? given : await requireOwnStores(caller, storeIds, given);
    const answers = await ingestEvents(engine, workspaceId, inputs, till ? actor : null);
    if (answers.some(({ status }) => status !== 'rejected')) return { body: { events: answers.map(toAnswer) } };
    const problems = answers.flatMap(({ problems: own = [] }, index) => own.map((problem) => ({ ...problem, path: ['body', ...(Array.isArray(body) ? [index] : []), ...problem.path] })));
    const conflict = problems.length > 0 && problems.every(({ code }) => code === 'event.conflict');
    throw new ApiError(conflict ? 'event.conflict' : 'event.rejected', problems[0]?.message ?? 'The event is not valid.', problems);
  },
});

const eventTypes = defineRoute({
  method: 'GET', path: '/event-types', noun: 'Events', summary: 'List the types of events seen so far', scope: 'events:read', query: z.strictObject(pageQuery),
  response: PageOf(z.object({ type: z.string(), sample: z.unknown(), firstSeenAt: Iso })),
  async read({ transaction, workspaceId, storeIds, query: { limit, after } }) {
    const rows = await listEventTypes(transaction, { after: readCursor(after, [TEXT_KEY])?.[0] ?? null, limit: limit + 1 });
    // The sample that is kept is of whatever store: who acts for some is shown the last of theirs.
    const own = storeIds === null ? null : new Map((await listLastEvents(transaction, workspaceId, storeIds)).map(({ type, properties }) => [type, properties]));
    return pageOf(rows, limit, ({ type }) => [type], ({ type, sample, firstSeenAt }) => ({ type, sample: own ? (own.get(type) ?? null) : sample, firstSeenAt: iso(firstSeenAt) }));
  },
});

const quarantined = defineRoute({
  method: 'GET', path: '/events/quarantined', noun: 'Events', summary: 'List quarantined events, newest first', scope: 'events:read', query: z.strictObject(pageQuery),
  response: PageOf(z.object({ id: Id('event'), eventId: z.string(), type: z.string(), occurredAt: Iso, acceptedAt: Iso, properties: z.record(z.string(), z.unknown()), problems: z.unknown() })),
  async read({ transaction, workspaceId, query: { limit, after } }) {
    const rows = await listQuarantined(transaction, workspaceId, { before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], (row) => ({ ...row, id: formatId('event', row.id), occurredAt: iso(row.occurredAt), acceptedAt: iso(row.acceptedAt) }));
  },
});

const replay = defineRoute({
  method: 'POST', path: '/events/quarantined/replay', noun: 'Events', summary: 'Replay quarantined events once their cause is put right', scope: 'events:write',
  description: `These, or the oldest of a type, or the oldest of all; ${REPLAYED_AT_A_TIME} at most. Each is taken in as it was posted, under its own id, at this moment; one that is still wrong stays with what is wrong now. Whoever posts the same event again gets the new answer.`, errors: ['store.notYours'],
  body: z.strictObject({ events: z.array(IdOf('event')).min(1).max(REPLAYED_AT_A_TIME).optional(), type: z.string().max(100).optional() }),
  response: z.object({ events: z.array(EventAnswer), accepted: z.number().int(), left: z.number().int().meta({ description: 'How many are in quarantine afterwards, of the type when one is named.' }) }),
  async run({ engine, workspaceId, actor, storeIds, body: { events, type } }) {
    if (storeIds !== null) throw new ApiError('store.notYours', 'A merchant posts events of their own stores only, and quarantine is the workspace’s.');
    const { answers, accepted, left } = await replayQuarantined(engine, { workspaceId, actor }, { ids: events, type });
    return { body: { events: answers.map(toAnswer), accepted, left } };
  },
});

export const eventRoutes = [postEvents, eventTypes, quarantined, replay];
