/** Tasks and calls as rows (§4.3, §4.6): the one writer of new ones, for bursts, for channels whose vendor is a person, and for whoever adds one by hand. */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import type { Reason } from '#domain/enrollments/effects.ts';
import { cutText } from '#domain/shared/cut-text.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { PlannedTask } from '#domain/tasks/task.ts';

/** `messageId`: the message that this call carries. */
export type NewTask = PlannedTask & { customerId: string; messageId?: string };

/**
 * Inserts tasks, once per key: a key that is there already is left as it is. The caller holds the customers' heads. A store that is not the workspace's
 * own (a profile may name any text) is nobody's: the task is then anyone's.
 */
export async function insertTasks(transaction: Transaction, workspace: { id: string; storeZones: ReadonlyMap<string, string> }, tasks: readonly NewTask[]): Promise<void> {
  await insertRows(transaction, 'tasks', tasks.map(({ from, messageId = null, ...task }) => {
    const storeId = task.storeId !== null && workspace.storeZones.has(task.storeId) ? task.storeId : null;
    return {
      id: newId(), workspace_id: workspace.id, key: task.key, kind: task.kind, customer_id: task.customerId, title: cutText(task.title, 300), note: task.note === null ? null : cutText(task.note, 2_000),
      assigned_to: task.assignedTo === 'store' && storeId === null ? 'anyone' : task.assignedTo, store_id: storeId, adviser: task.adviser, member_id: task.memberId, state: 'open', attempts: 0,
      created_at: formatInstant(task.createdAt), due_at: task.dueAt === null ? null : formatInstant(task.dueAt),
      journey_id: from?.journeyId ?? null, version_id: from?.versionId ?? null, enrollment_id: from?.enrollmentId ?? null, node_id: from?.nodeId ?? null, visit: from?.visit ?? null,
      event_id: task.eventId, message_id: messageId,
    };
  }), 'ignore');
}

/** Open tasks of enrollments that ended otherwise than completed are withdrawn with the reason, as their messages are (§2.6). */
export async function withdrawTasks(transaction: Transaction, reasons: ReadonlyMap<string, Reason>, now: Instant): Promise<void> {
  if (reasons.size === 0) return;
  await transaction`
    update tasks t set state = 'withdrawn', closed_at = ${formatInstant(now)}::text::timestamptz, reason = r.reason
      from jsonb_to_recordset(${transaction.json([...reasons].map(([enrollment_id, reason]) => ({ enrollment_id, reason })) as never)}) r(enrollment_id uuid, reason jsonb)
     where t.enrollment_id = r.enrollment_id and t.enrollment_id = any(${[...reasons.keys()]}) and t.state = 'open'`;
}
