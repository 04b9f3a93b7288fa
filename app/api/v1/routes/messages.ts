/** Messages with their status and reason, and a customer's timeline. */
import { z } from 'zod';
import { findCustomer } from '#db/queries/customers.ts';
import { findMessageDetail, listMessages, loadMessages, namesOf, type MessageRow } from '#db/queries/messages.ts';
import { readTimeline, TIMELINE_KINDS } from '#db/queries/timeline.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { MESSAGE_STATUSES } from '#domain/messages/delivery-status.ts';
import { formatId, type IdKind } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, INSTANT_KEY, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

const Reason = z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() }).meta({ id: 'Reason', description: 'Why something did not happen, as a stable code and its figures.' });

const MessageOut = z.object({
  id: Id('message'), key: z.string(), customerId: Id('customer'), journeyId: Id('journey').nullable(), journeyName: z.string().nullable(), enrollmentId: Id('enrollment').nullable(), nodeId: z.string().nullable(),
  channel: z.string(), category: z.string(), templateId: Id('template').nullable(), language: z.string().nullable(), status: z.enum(MESSAGE_STATUSES), statusAt: Iso, plannedAt: Iso, dueAt: Iso,
  customerName: z.string().nullable(), expiresAt: Iso.nullable(), reason: Reason.nullable(), handedOverAt: Iso.nullable(), deliveredAt: Iso.nullable(), openedAt: Iso.nullable(), clickedAt: Iso.nullable(),
}).meta({ id: 'Message' });

const idOrNull = (kind: IdKind, uuid: string | null): string | null => (uuid === null ? null : formatId(kind, uuid));

const toMessage = (row: MessageRow, names?: Map<string, string>): z.input<typeof MessageOut> => ({
  customerName: names?.get(row.customerId) ?? null, id: formatId('message', row.id), key: row.key, customerId: formatId('customer', row.customerId), journeyId: idOrNull('journey', row.journeyId), journeyName: row.journeyName,
  enrollmentId: idOrNull('enrollment', row.enrollmentId), nodeId: row.nodeId, channel: row.channel, category: row.category, templateId: idOrNull('template', row.templateId), language: row.language,
  status: row.status, statusAt: iso(row.statusAt), plannedAt: iso(row.plannedAt), dueAt: iso(row.dueAt), expiresAt: isoOrNull(row.expiresAt), reason: row.reason,
  handedOverAt: isoOrNull(row.handedOverAt), deliveredAt: isoOrNull(row.deliveredAt), openedAt: isoOrNull(row.openedAt), clickedAt: isoOrNull(row.clickedAt),
});

const list = defineRoute({
  method: 'GET', path: '/messages', noun: 'Messages', summary: 'List messages, newest first', scope: 'messages:read',
  query: z.strictObject({ ...pageQuery, status: z.enum(MESSAGE_STATUSES).optional(), channel: z.enum(CHANNELS).optional(), journeyId: IdOf('journey').optional() }), response: PageOf(MessageOut),
  async read({ transaction, query: { limit, after, status, channel, journeyId } }) {
    const before = readCursor(after, [UUID_KEY])?.[0];
    const rows = await listMessages(transaction, { ...(status ? { status } : {}), ...(channel ? { channel } : {}), ...(journeyId ? { journeyId } : {}), ...(before ? { before } : {}), limit: limit + 1 });
    const names = await namesOf(transaction, rows.map(({ customerId }) => customerId));
    return pageOf(rows, limit, ({ id }) => [id], (row) => toMessage(row, names));
  },
});

const Lawful = z.record(z.string(), z.unknown()).nullable();

const get = defineRoute({
  method: 'GET', path: '/messages/{messageId}', noun: 'Messages', summary: 'Read a message, and why it was or was not sent', scope: 'messages:read',
  params: z.object({ messageId: IdOf('message') }), errors: ['message.unknown'],
  response: MessageOut.extend({
    provider: z.string().nullable(), providerMessageId: z.string().nullable(), address: z.string().nullable(), context: z.record(z.string(), z.unknown()),
    lawful: z.record(z.string(), z.unknown()).nullable().meta({ description: 'Why it may be sent (§6.4), as decided last.' }), templateKey: z.string().nullable(), templateNumber: z.number().int().nullable(),
    sender: z.string().nullable().meta({ description: 'In whose name it was handed over: an address, a number or a messaging service. Null before that, and for what the house takes.' }),
    content: z.object({ subject: z.string().nullable(), html: z.string().nullable(), text: z.string(), notification: z.object({ title: z.string(), body: z.string(), url: z.string().nullable(), icon: z.string().nullable() }).nullable() }).nullable().meta({ description: 'What was handed to the vendor; null before that.' }),
  }),
  async read({ transaction, params: { messageId } }) {
    const row = (await loadMessages(transaction, [messageId])).get(messageId);
    if (!row) throw new PermanentError('message.unknown', 'There is no such message.');
    const detail = await findMessageDetail(transaction, messageId);
    const { payload } = detail ?? { payload: null };
    return {
      ...toMessage(row, await namesOf(transaction, [row.customerId])), provider: row.provider, providerMessageId: row.providerMessageId, address: row.address, context: row.context,
      lawful: Lawful.parse(detail?.lawful ?? null), templateKey: detail?.templateKey ?? null, templateNumber: detail?.templateNumber ?? null, sender: payload?.from ?? payload?.sender?.from ?? payload?.sender?.messagingServiceSid ?? null,
      content: payload && { subject: payload.subject ?? payload.notification?.title ?? null, html: payload.html ?? null, text: payload.text ?? payload.body ?? payload.notification?.body ?? '', notification: payload.notification ?? null },
    };
  },
});

const params = z.object({ customerId: IdOf('customer') });
const unknownCustomer = () => new PermanentError('customer.unknown', 'There is no such customer.');

const ofCustomer = defineRoute({
  method: 'GET', path: '/customers/{customerId}/messages', noun: 'Customers', summary: 'List the messages of a customer, newest first', scope: 'customers:read', params,
  query: z.strictObject(pageQuery), response: PageOf(MessageOut), errors: ['customer.unknown'],
  async read({ transaction, params: { customerId }, query: { limit, after } }) {
    if (!(await findCustomer(transaction, customerId))) throw unknownCustomer();
    const before = readCursor(after, [UUID_KEY])?.[0];
    const rows = await listMessages(transaction, { customerId, ...(before ? { before } : {}), limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], (row) => toMessage(row));
  },
});

const KINDS_LIST = new RegExp(`^(${TIMELINE_KINDS.join('|')})(,(${TIMELINE_KINDS.join('|')}))*$`);
const LINE_IDS = { event: 'event', message: 'message', points: 'posting', voucher: 'voucher', task: 'task', journey: 'trace' } as const;
const DATA_IDS: Record<string, IdKind> = { journeyId: 'journey', enrollmentId: 'enrollment', storeId: 'store', messageId: 'message' };

/** Ids inside a line leave with their prefix, like all ids. */
const toData = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, DATA_IDS[name] !== undefined && typeof value === 'string' && UUID_KEY.test(value) ? formatId(DATA_IDS[name], value) : value]));

const timeline = defineRoute({
  method: 'GET', path: '/customers/{customerId}/timeline', noun: 'Customers', summary: 'Read all that happened to a customer, and why not, newest first', scope: 'customers:read', params,
  description: 'Events, messages with their reasons, movements of points, vouchers and the steps of journeys, merged. `kinds` is a list with commas.',
  query: z.strictObject({ ...pageQuery, kinds: z.string().regex(KINDS_LIST, `kinds are ${TIMELINE_KINDS.join(', ')}`).optional() }),
  response: PageOf(z.object({ kind: z.enum(TIMELINE_KINDS), id: z.string(), at: Iso, data: z.record(z.string(), z.unknown()) })), errors: ['customer.unknown'],
  async read({ transaction, params: { customerId }, query: { limit, after, kinds } }) {
    if (!(await findCustomer(transaction, customerId))) throw unknownCustomer();
    const [at, id] = readCursor(after, [INSTANT_KEY, UUID_KEY]) ?? [];
    const wanted = kinds?.split(',');
    const rows = await readTimeline(transaction, customerId, { before: at && id ? { at, id } : null, limit: limit + 1, kinds: TIMELINE_KINDS.filter((kind) => wanted?.includes(kind) ?? true) });
    return pageOf(rows, limit, (row) => [iso(row.at), row.id], (row) => ({ kind: row.kind, id: formatId(LINE_IDS[row.kind], row.id), at: iso(row.at), data: toData(row.data) }));
  },
});

export const messageRoutes = [list, get, ofCustomer, timeline];
