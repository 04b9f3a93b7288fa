/** A command: put a task or a call for a customer on the list by hand. */
import { v7 as newId } from 'uuid';
import { formatId } from '#domain/shared/ids.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { Assignee, TaskKind } from '#domain/tasks/task.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { insertTasks } from '#engine/write-tasks.ts';
import { audit, type CommandContext } from './command-context.ts';

export type TaskInput = { customerId: string; kind: TaskKind; title: string; note?: string | undefined; assignedTo: Assignee; storeId?: string | undefined; memberId?: string | undefined; dueAt?: Instant | undefined };

export async function addTask(context: CommandContext, input: TaskInput): Promise<{ taskId: string }> {
  const { transaction, workspaceId } = context;
  if ((await lockHeads(transaction, [input.customerId])).length === 0) throw new PermanentError('customer.unknown', 'There is no such customer.');
  const workspace = await loadWorkspace(transaction, workspaceId);
  if (input.storeId !== undefined && !workspace.storeZones.has(input.storeId)) throw new PermanentError('store.unknown', 'There is no such store.');
  const key = `hand:${newId()}`;
  const now = await readNow(transaction, workspaceId);
  await insertTasks(transaction, workspace, [{
    key, kind: input.kind, title: input.title, note: input.note ?? null, assignedTo: input.assignedTo, storeId: input.storeId ?? null, adviser: null, memberId: input.memberId ?? null,
    createdAt: now, dueAt: input.dueAt ?? null, from: null, eventId: null, customerId: input.customerId,
  }]);
  const [row] = await transaction<{ id: string }[]>`select id from tasks where workspace_id = ${workspaceId} and key = ${key}`;
  await audit(context, { action: 'task.add', subject: formatId('task', row!.id), after: { kind: input.kind, assignedTo: input.assignedTo, customerId: formatId('customer', input.customerId) } });
  return { taskId: row!.id };
}
