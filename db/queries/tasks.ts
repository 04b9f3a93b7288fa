/** Tasks and calls as the list, the customer's card and the export read them. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { ASSIGNEES, TASK_KINDS, TASK_STATES, type TaskKind, type TaskState } from '#domain/tasks/task.ts';

const Reason = z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() });

const TaskRow = z.object({
  id: z.string(), kind: z.enum(TASK_KINDS), state: z.enum(TASK_STATES), title: z.string(), note: z.string().nullable(), customerId: z.string(), customerName: z.string().nullable(), phone: z.string().nullable(),
  assignedTo: z.enum(ASSIGNEES), storeId: z.string().nullable(), storeName: z.string().nullable(), adviser: z.string().nullable(), memberId: z.string().nullable(), memberName: z.string().nullable(),
  createdAt: z.date(), dueAt: z.date().nullable(), closedAt: z.date().nullable(), closedBy: z.string().nullable(), outcome: z.string().nullable(), comment: z.string().nullable(), attempts: z.number(),
  reason: Reason.nullable(), journeyId: z.string().nullable(), journeyName: z.string().nullable(), nodeId: z.string().nullable(), isOverdue: z.boolean(), sortAt: z.date(), isRequested: z.boolean(),
});
export type TaskRow = z.infer<typeof TaskRow>;

export type TaskFilter = {
  state?: TaskState | 'closed' | undefined; kind?: TaskKind | undefined; storeId?: string | undefined; memberId?: string | undefined; customerId?: string | undefined; journeyId?: string | undefined; overdue?: boolean | undefined;
  /** The only stores that the reader acts for; null when there is no such limit. */
  storeIds: string[] | null;
};

const columns = (transaction: Transaction) => transaction`
  t.id, t.kind, t.state, t.title, t.note, t.customer_id as "customerId", nullif(concat_ws(' ', c.profile ->> 'firstName', c.profile ->> 'lastName'), '') as "customerName",
  case when t.kind = 'call' then (select i.value from customer_identifiers i where i.customer_id = t.customer_id and i.kind = 'phone' order by i.created_at desc, i.value limit 1) end as phone,
  t.assigned_to as "assignedTo", t.store_id as "storeId", s.name as "storeName", t.adviser, t.member_id as "memberId", m.name as "memberName", t.created_at as "createdAt", t.due_at as "dueAt", t.closed_at as "closedAt",
  coalesce(u.name, t.closed_by) as "closedBy", t.outcome, t.comment, t.attempts, t.reason, t.journey_id as "journeyId", j.name as "journeyName", t.node_id as "nodeId",
  t.state = 'open' and t.due_at is not null and t.due_at < workspace_now(t.workspace_id) as "isOverdue", coalesce(t.due_at, t.created_at) as "sortAt", t.event_id is not null as "isRequested"`;
const joined = (transaction: Transaction) => transaction`
  from tasks t join customers c on c.id = t.customer_id left join stores s on s.id = t.store_id left join journeys j on j.id = t.journey_id
  left join memberships w on w.user_id = t.member_id and w.workspace_id = t.workspace_id left join auth_users m on m.id = w.user_id left join auth_users u on 'user:' || u.id = t.closed_by`;

const matching = (transaction: Transaction, { state, kind, storeId, memberId, customerId, journeyId, overdue, storeIds }: TaskFilter) => transaction`
  (${state ?? null}::text is null or t.state = ${state ?? null} or (${state ?? null} = 'closed' and t.state <> 'open')) and (${kind ?? null}::text is null or t.kind = ${kind ?? null})
  and (${storeId ?? null}::uuid is null or t.store_id = ${storeId ?? null}) and (${memberId ?? null}::text is null or t.member_id = ${memberId ?? null})
  and (${customerId ?? null}::uuid is null or t.customer_id = ${customerId ?? null}) and (${journeyId ?? null}::uuid is null or t.journey_id = ${journeyId ?? null})
  and (${overdue !== true} or (t.state = 'open' and t.due_at < workspace_now(t.workspace_id))) and (${storeIds === null} or t.store_id = any(${storeIds ?? []}::uuid[]))`;

/** Open ones by when they are due, the most urgent first; any others newest first. `after` is what the page before ended with. */
export async function listTasks(transaction: Transaction, filter: TaskFilter, page: { after: { at: string; id: string } | null; limit: number }): Promise<TaskRow[]> {
  const { after, limit } = page;
  const place = filter.state === 'open'
    ? transaction`and (${after?.at ?? null}::text::timestamptz is null or (coalesce(t.due_at, t.created_at), t.id) > (${after?.at ?? null}::text::timestamptz, ${after?.id ?? null}::uuid)) order by coalesce(t.due_at, t.created_at), t.id`
    : transaction`and (${after?.id ?? null}::uuid is null or t.id < ${after?.id ?? null}::uuid) order by t.id desc`;
  const rows = await transaction`select ${columns(transaction)} ${joined(transaction)} where ${matching(transaction, filter)} ${place} limit ${limit}`;
  return rows.map((row) => TaskRow.parse(row));
}

export async function findTask(transaction: Transaction, id: string, storeIds: string[] | null): Promise<TaskRow | null> {
  const [row] = await transaction`select ${columns(transaction)} ${joined(transaction)} where t.id = ${id} and ${matching(transaction, { storeIds })}`;
  return row ? TaskRow.parse(row) : null;
}
