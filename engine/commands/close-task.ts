/** Commands: say how a task or a call ended, or that a call was in vain and when to try again. What is said is an event of the customer, for journeys that wait for it. */
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { CallOutcome, TaskKind, TaskState } from '#domain/tasks/task.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { settleCall } from '#engine/settle-call.ts';
import { audit, type CommandContext } from './command-context.ts';

/** `callAgainAt`: a call that nobody answered stays open until then. */
export type Closing = { state: 'done' | 'dismissed'; outcome?: string | undefined; comment?: string | undefined; callAgainAt?: Instant | undefined };

type Row = {
  id: string; kind: TaskKind; state: TaskState; customer_id: string; journey_id: string | null; enrollment_id: string | null; node_id: string | null; key: string; attempts: number; message_id: string | null;
};

const unknown = () => new PermanentError('task.unknown', 'There is no such task.');

/** Stores that the caller acts for; null when there is no such limit. A task of another store is one that is not there. */
export async function closeTask(context: CommandContext, taskId: string, closing: Closing, storeIds: string[] | null): Promise<{ state: TaskState; events: number }> {
  const { transaction, workspaceId, actor } = context;
  const [owner] = await transaction<{ customer_id: string }[]>`select customer_id from tasks where id = ${taskId} and (${storeIds === null} or store_id = any(${storeIds ?? []}::uuid[]))`;
  if (!owner) throw unknown();
  await lockHeads(transaction, [owner.customer_id]);
  const [task] = await transaction<Row[]>`select id, kind, state, customer_id, journey_id, enrollment_id, node_id, key, attempts, message_id from tasks where id = ${taskId} for update`;
  if (!task) throw unknown();
  if (task.state !== 'open') throw new PermanentError('task.closed', 'This task is closed already.');
  const now = await readNow(transaction, workspaceId);
  const { outcome = null, comment = null } = closing;
  const again = closing.callAgainAt !== undefined && task.kind === 'call' && outcome === 'noAnswer' ? Math.max(closing.callAgainAt, now) : null;
  const attempts = task.attempts + (task.kind === 'call' && closing.state === 'done' ? 1 : 0);
  if (again === null) {
    await transaction`
      update tasks set state = ${closing.state}, outcome = ${outcome}, comment = ${comment}, attempts = ${attempts}, closed_at = ${formatInstant(now)}::text::timestamptz, closed_by = ${actor} where id = ${taskId}`;
  } else await transaction`update tasks set outcome = ${outcome}, comment = ${comment}, attempts = ${attempts}, due_at = ${formatInstant(again)}::text::timestamptz where id = ${taskId}`;
  const common = { taskId, taskKey: task.key, kind: task.kind, journeyId: task.journey_id, enrollmentId: task.enrollment_id, nodeId: task.node_id, messageId: task.message_id, attempts };
  const told = [
    ...(task.kind === 'call' && closing.state === 'done' ? [{ type: 'call.answered', properties: { ...common, outcome: outcome as CallOutcome | null } }] : []),
    ...(again === null ? [{ type: 'task.closed', properties: { ...common, state: closing.state, outcome } }] : []),
  ];
  const settled = task.message_id !== null && again === null ? await settleCall(transaction, workspaceId, { messageId: task.message_id, customerId: task.customer_id, closing }, now) : 0;
  const events = settled + await appendSystemEvents(transaction, workspaceId, told.map((event) => ({ ...event, customerId: task.customer_id, occurredAt: now })));
  await audit(context, { action: again === null ? 'task.close' : 'task.tryAgain', subject: formatId('task', taskId), before: { state: 'open', attempts: task.attempts }, after: { state: again === null ? closing.state : 'open', outcome, attempts } });
  return { state: again === null ? closing.state : 'open', events };
}
