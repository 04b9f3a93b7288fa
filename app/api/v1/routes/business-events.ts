/** Events of the brand (§1.9): posted, tried first, and followed while customers are taken in. */
import { z } from 'zod';
import { findBusinessEvent, listBusinessEvents, type BusinessEventLine } from '#db/queries/business-events.ts';
import { listStores } from '#db/queries/settings.ts';
import { PostedBusinessEvent } from '#domain/events/business-event.ts';
import { RESERVED_TYPE_PREFIXES } from '#domain/events/parse-event.ts';
import { formatId } from '#domain/shared/ids.ts';
import { MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { postBusinessEvent, type BusinessEventInput } from '#engine/commands/post-business-event.ts';
import { countConcerned } from '#engine/count-concerned.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, InstantIn, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

/** Within a second, the way to the database and back included. */
const LIMIT_MS = 700;
const MAXIMUM_STORES = 10_000;
const FUTURE_MS = 5 * MINUTE_MS;

const Body = PostedBusinessEvent.extend({ occurredAt: InstantIn.optional() })
  .refine(({ type }) => !RESERVED_TYPE_PREFIXES.some((prefix) => type.startsWith(prefix)), { message: 'Events of this type are written by Parcours itself: choose another type.', path: ['type'] });
type Body = z.infer<typeof Body>;

const count = z.number().int();
const BusinessEventOut = z.object({
  id: Id('businessEvent'), eventId: z.string().meta({ description: 'The id as it was posted.' }), type: z.string(), properties: z.record(z.string(), z.unknown()), store: z.string().nullable(), occurredAt: Iso, dueAt: Iso,
  state: z.enum(['planned', 'running', 'done', 'cancelled']), looked: count.meta({ description: 'Customers looked at so far.' }), total: count, concerned: count.meta({ description: 'Customers who got the event.' }), finishedAt: Iso.nullable(),
}).meta({ id: 'BusinessEvent' });
const toOut = (row: BusinessEventLine): z.input<typeof BusinessEventOut> => ({ ...row, id: formatId('businessEvent', row.id), occurredAt: iso(row.occurredAt), dueAt: iso(row.dueAt), finishedAt: isoOrNull(row.finishedAt) });

async function readInput({ transaction, workspaceId, body }: Pick<InTransaction<{ body: Body }>, 'transaction' | 'workspaceId' | 'body'>): Promise<BusinessEventInput> {
  const { id, type, occurredAt, store, properties } = body;
  const now: Instant = await readNow(transaction, workspaceId);
  if (occurredAt !== undefined && occurredAt > now + FUTURE_MS) throw new PermanentError('businessEvent.future', 'This moment is more than five minutes in the future: post the event when it happens.');
  const found = store === undefined ? null : (await listStores(transaction, { after: null, limit: MAXIMUM_STORES })).find(({ externalId }) => externalId === store);
  if (found === undefined) throw new PermanentError('store.unknown', `There is no store «${store}».`);
  return { eventId: id, type, occurredAt: occurredAt ?? now, storeId: found?.id ?? null, properties };
}

const post = defineRoute({
  method: 'POST', path: '/business-events', noun: 'Events', summary: 'Post an event of the brand, such as an opening or a launch', scope: 'events:write', status: 202, body: Body,
  description: 'It concerns no single customer: every customer for whom a live journey begins with it, by its conditions and its audience, gets an event of this type, once each, and enters. The work goes on after the answer; read it again for its progress. '
    + 'The same id with the same body is the same event for ever; with another body it is a conflict.',
  example: { id: 'launch-autumn-26', type: 'collection.launched', properties: { collection: 'autumn' } },
  response: z.object({ status: z.enum(['accepted', 'duplicate']), businessEvent: BusinessEventOut }), errors: ['event.conflict', 'store.unknown', 'businessEvent.future'],
  async write(input) {
    const { businessEventId, duplicate } = await postBusinessEvent(input.command, await readInput(input), input.body);
    const row = await findBusinessEvent(input.transaction, businessEventId);
    if (!row) throw new PermanentError('businessEvent.unknown', 'There is no such event of the brand.');
    const status = duplicate ? ('duplicate' as const) : ('accepted' as const);
    return { status: 202, body: { status, businessEvent: toOut(row) } };
  },
});

const preview = defineRoute({
  method: 'POST', path: '/business-events/preview', noun: 'Events', summary: 'Count whom an event of the brand would take in', scope: 'events:write', body: Body,
  description: 'By the rules that decide when it is posted, within a second: with very many customers the answer is projected from those that could be looked at, and says so. Nothing is kept. Whether each may enter again is decided when they do.',
  example: { id: 'launch-autumn-26', type: 'collection.launched', properties: { collection: 'autumn' } },
  response: z.object({ customers: count, inAll: count, isEstimate: z.boolean(), journeys: z.array(z.object({ id: Id('journey'), name: z.string(), customers: count })) }), errors: ['store.unknown', 'businessEvent.future'],
  async read(input) {
    const counted = await countConcerned(input.transaction, input.workspaceId, await readInput(input), LIMIT_MS);
    return { ...counted, journeys: counted.journeys.map((each) => ({ ...each, id: formatId('journey', each.id) })) };
  },
});

const list = defineRoute({
  method: 'GET', path: '/business-events', noun: 'Events', summary: 'List events of the brand, newest first', scope: 'events:read', query: z.strictObject(pageQuery), response: PageOf(BusinessEventOut),
  async read({ transaction, query: { limit, after } }) {
    const rows = await listBusinessEvents(transaction, { before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], toOut);
  },
});

const get = defineRoute({
  method: 'GET', path: '/business-events/{businessEventId}', noun: 'Events', summary: 'Read an event of the brand and how far it is', scope: 'events:read', params: z.object({ businessEventId: IdOf('businessEvent') }), response: BusinessEventOut, errors: ['businessEvent.unknown'],
  async read({ transaction, params: { businessEventId } }) {
    const row = await findBusinessEvent(transaction, businessEventId);
    if (!row) throw new PermanentError('businessEvent.unknown', 'There is no such event of the brand.');
    return toOut(row);
  },
});

export const businessEventRoutes = [post, preview, list, get];
