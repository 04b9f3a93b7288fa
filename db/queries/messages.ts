/** Messages as stages 4 and 5 and the pages read them. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { HELP_REPLY } from '#domain/messages/help-reply.ts';
import { MESSAGE_STATUSES } from '#domain/messages/delivery-status.ts';
import { WhenCapped } from '#domain/pressure/when-capped.ts';

const Instant = z.date().transform((date) => date.getTime());

const Context = z.object({
  event: z.object({ type: z.string(), properties: z.record(z.string(), z.unknown()), occurredAt: z.number() }).nullish(),
  variables: z.record(z.string(), z.unknown()).default({}),
  /** What it answers in place of a template: a call for help. */
  answers: z.literal(HELP_REPLY).optional(),
  vouchers: z.array(z.object({ offerKey: z.string(), code: z.string().nullable(), validUntil: z.number().nullable().default(null) })).default([]),
});

const Reason = z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() });

const MessageRow = z.object({
  id: z.string(), key: z.string(), customerId: z.string(), journeyId: z.string().nullable(), versionId: z.string().nullable(), enrollmentId: z.string().nullable(),
  entryKey: z.string().nullable(), nodeId: z.string().nullable(), visit: z.number().nullable(), journeyName: z.string().nullable(),
  channel: z.string(), category: z.string(), templateId: z.string().nullable(), templateVersionId: z.string().nullable(), language: z.string().nullable(),
  status: z.enum(MESSAGE_STATUSES), statusAt: Instant, plannedAt: Instant, dueAt: Instant, expiresAt: Instant.nullable(),
  reason: Reason.nullable(), whenCapped: WhenCapped, context: Context, address: z.string().nullable(), provider: z.string().nullable(),
  providerMessageId: z.string().nullable(), batchId: z.string().nullable(),
  handedOverAt: Instant.nullable(), deliveredAt: Instant.nullable(), openedAt: Instant.nullable(), clickedAt: Instant.nullable(),
});
export type MessageRow = z.infer<typeof MessageRow>;

const columns = (transaction: Transaction) => transaction`
  m.id, m.key, m.customer_id as "customerId", m.journey_id as "journeyId", m.version_id as "versionId", m.enrollment_id as "enrollmentId",
  m.entry_key as "entryKey", m.node_id as "nodeId", m.visit, j.name as "journeyName", m.channel, m.category, m.template_id as "templateId",
  m.template_version_id as "templateVersionId", m.language, m.status, m.status_at as "statusAt", m.planned_at as "plannedAt", m.due_at as "dueAt", m.expires_at as "expiresAt",
  m.reason, m.when_capped as "whenCapped", m.context, m.address, m.provider, m.provider_message_id as "providerMessageId", m.batch_id as "batchId",
  m.handed_over_at as "handedOverAt", m.delivered_at as "deliveredAt", m.opened_at as "openedAt", m.clicked_at as "clickedAt"`;

/** These messages, by id. Read them after the lock on their customers' heads when they are going to be written. */
export async function loadMessages(transaction: Transaction, ids: string[]): Promise<Map<string, MessageRow>> {
  const rows = await transaction`select ${columns(transaction)} from messages m left join journeys j on j.id = m.journey_id where m.id = any(${ids}::uuid[])`;
  return new Map(rows.map((row) => MessageRow.parse(row)).map((row) => [row.id, row]));
}

/** A message by the vendor's id of it. */
export async function findByProviderId(transaction: Transaction, providerMessageId: string): Promise<{ id: string; customerId: string } | null> {
  const [row] = await transaction<{ id: string; customerId: string }[]>`select id, customer_id as "customerId" from messages where provider_message_id = ${providerMessageId} limit 1`;
  return row ?? null;
}

/** Whose a message is, or null when this workspace has no such message. */
export async function findCustomerOf(transaction: Transaction, messageId: string): Promise<string | null> {
  const [row] = await transaction<{ customerId: string }[]>`select customer_id as "customerId" from messages where id = ${messageId}`;
  return row?.customerId ?? null;
}

/** Messages of the workspace or of one customer, newest first, those before `before` (an id of the page before). */
export async function listMessages(transaction: Transaction, filter: { customerId?: string; status?: string; channel?: string; journeyId?: string; before?: string; limit: number }): Promise<MessageRow[]> {
  const { customerId = null, status = null, channel = null, journeyId = null, before = null, limit } = filter;
  const rows = await transaction`
    select ${columns(transaction)} from messages m left join journeys j on j.id = m.journey_id
     where (${customerId}::uuid is null or m.customer_id = ${customerId}) and (${status}::text is null or m.status = ${status})
       and (${channel}::text is null or m.channel = ${channel}) and (${journeyId}::uuid is null or m.journey_id = ${journeyId}) and (${before}::uuid is null or m.id < ${before})
     order by m.id desc limit ${limit}`;
  return rows.map((row) => MessageRow.parse(row));
}

export type MessageDetail = { lawful: unknown; payload: { from?: string; sender?: { from?: string; messagingServiceSid?: string }; subject?: string; html?: string; text?: string; body?: string; notification?: { title: string; body: string; url: string | null; icon: string | null } } | null; templateKey: string | null; templateNumber: number | null };

/** Why the message may leave, what was handed to the vendor, and the version it was made from. */
export async function findMessageDetail(transaction: Transaction, id: string): Promise<MessageDetail | null> {
  const [row] = await transaction<MessageDetail[]>`
    select m.lawful, m.payload, t.key as "templateKey", v.number as "templateNumber"
      from messages m left join templates t on t.id = m.template_id left join template_versions v on v.id = m.template_version_id where m.id = ${id}`;
  return row ?? null;
}

/** The names of customers, those who told one. */
export async function namesOf(transaction: Transaction, customerIds: string[]): Promise<Map<string, string>> {
  const rows = await transaction<{ id: string; name: string }[]>`
    select id, concat_ws(' ', profile ->> 'firstName', profile ->> 'lastName') as name from customers where id = any(${[...new Set(customerIds)]}::uuid[])`;
  return new Map(rows.filter(({ name }) => name !== '').map(({ id, name }) => [id, name]));
}
