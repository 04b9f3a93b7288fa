/** Tasks of the staff and calls to make: listed, added by hand, closed with their outcome, exported. A merchant sees those of their stores. */
import { z } from 'zod';
import { findMembership } from '#db/queries/memberships.ts';
import { findTask, listTasks, type TaskFilter, type TaskRow } from '#db/queries/tasks.ts';
import { formatId } from '#domain/shared/ids.ts';
import { csvText } from '#domain/shared/csv.ts';
import { ASSIGNEES, CALL_OUTCOMES, TASK_KINDS, TASK_STATES } from '#domain/tasks/task.ts';
import { addTask } from '#engine/commands/add-task.ts';
import { closeTask } from '#engine/commands/close-task.ts';
import { audit } from '#engine/commands/command-context.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, InstantIn, INSTANT_KEY, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';

const TaskOut = z.object({
  id: Id('task'), kind: z.enum(TASK_KINDS), state: z.enum(TASK_STATES), title: z.string(), note: z.string().nullable(), customerId: Id('customer'), customerName: z.string().nullable(),
  phone: z.string().nullable().meta({ description: 'The number to call; of calls only.' }), isRequested: z.boolean().meta({ description: 'Whether the customer asked to be called (§4.6).' }),
  assignedTo: z.enum(ASSIGNEES), storeId: Id('store').nullable(), storeName: z.string().nullable(), adviser: z.string().nullable(), memberId: z.string().nullable(), memberName: z.string().nullable(),
  createdAt: Iso, dueAt: Iso.nullable(), isOverdue: z.boolean(), closedAt: Iso.nullable(), closedBy: z.string().nullable(), outcome: z.string().nullable(), comment: z.string().nullable(), attempts: z.number().int(),
  reason: z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() }).nullable().meta({ description: 'Why it was withdrawn.' }),
  journeyId: Id('journey').nullable(), journeyName: z.string().nullable(), nodeId: z.string().nullable(),
}).meta({ id: 'Task' });

const toTask = ({ sortAt: _, ...row }: TaskRow): z.input<typeof TaskOut> => ({
  ...row, id: formatId('task', row.id), customerId: formatId('customer', row.customerId), storeId: row.storeId && formatId('store', row.storeId), journeyId: row.journeyId && formatId('journey', row.journeyId),
  createdAt: iso(row.createdAt), dueAt: isoOrNull(row.dueAt), closedAt: isoOrNull(row.closedAt),
});

const filters = {
  state: z.enum([...TASK_STATES, 'closed']).default('open').meta({ description: '`closed`: whatever is not open any more.' }), kind: z.enum(TASK_KINDS).optional(), storeId: IdOf('store').optional(), memberId: z.string().min(1).max(100).optional(),
  customerId: IdOf('customer').optional(), journeyId: IdOf('journey').optional(), overdue: z.enum(['true', 'false']).optional(),
};
const filterOf = <Q extends Omit<TaskFilter, 'overdue' | 'storeIds'> & { overdue?: 'true' | 'false' | undefined }>({ overdue, ...rest }: Q, storeIds: string[] | null): TaskFilter => ({ ...rest, overdue: overdue === 'true', storeIds });

const list = defineRoute({
  method: 'GET', path: '/tasks', noun: 'Tasks', summary: 'List tasks and calls; open ones by when they are due, others newest first', scope: 'tasks:read',
  query: z.strictObject({ ...pageQuery, ...filters }), response: PageOf(TaskOut),
  async read({ transaction, storeIds, query: { limit, after, ...filter } }) {
    const [at, id] = readCursor(after, [INSTANT_KEY, UUID_KEY]) ?? [];
    const rows = await listTasks(transaction, filterOf(filter, storeIds), { after: at && id ? { at, id } : null, limit: limit + 1 });
    return pageOf(rows, limit, (row) => [iso(row.sortAt), row.id], toTask);
  },
});

const COLUMNS = ['id', 'kind', 'state', 'title', 'note', 'customerId', 'customerName', 'phone', 'assignedTo', 'storeName', 'adviser', 'memberName', 'createdAt', 'dueAt', 'closedAt', 'closedBy', 'outcome', 'comment', 'attempts', 'journeyName'] as const;
const MOST_ROWS = 50_000;

const exported = defineRoute({
  method: 'GET', path: '/tasks/export', noun: 'Tasks', summary: 'Export tasks and calls by the filters of the list, as CSV', scope: 'tasks:read', produces: 'text/csv',
  description: 'UTF-8 with its mark. A cell that a spreadsheet would run as a formula begins with a quote mark. At most 50,000 lines; the export leaves a line in the audit log.',
  query: z.strictObject(filters), response: z.string(),
  async read({ transaction, command, storeIds, query }) {
    const rows = (await listTasks(transaction, filterOf(query, storeIds), { after: null, limit: MOST_ROWS })).map(toTask);
    await audit(command, { action: 'task.export', subject: 'tasks', after: { rows: rows.length } });
    return `\ufeff${csvText([...COLUMNS], rows.map((row) => COLUMNS.map((column) => row[column] ?? null)))}\r\n`;
  },
});

const params = z.object({ taskId: IdOf('task') });
const unknown = () => new PermanentError('task.unknown', 'There is no such task.');

const get = defineRoute({
  method: 'GET', path: '/tasks/{taskId}', noun: 'Tasks', summary: 'Read a task or call', scope: 'tasks:read', params, response: TaskOut, errors: ['task.unknown'],
  async read({ transaction, storeIds, params: { taskId } }) {
    const row = await findTask(transaction, taskId, storeIds);
    if (!row) throw unknown();
    return toTask(row);
  },
});

const invalid = (code: string, message: string, field: string) => new ApiError('request.invalid', 'The request is not valid.', [{ code, message, path: ['body', field] }]);

const add = defineRoute({
  method: 'POST', path: '/tasks', noun: 'Tasks', summary: 'Put a task or a call for a customer on the list', scope: 'tasks:write', status: 201,
  body: z.strictObject({
    customerId: IdOf('customer'), kind: z.enum(TASK_KINDS).default('task'), title: z.string().trim().min(1).max(200), note: z.string().max(2_000).optional(),
    assignedTo: z.enum(ASSIGNEES).default('anyone'), storeId: IdOf('store').optional(), memberId: z.string().min(1).max(100).optional(), dueAt: InstantIn.optional(),
  }),
  example: { customerId: formatId('customer', '0197a3c2-5b1e-7c3d-8e4f-9a0b1c2d3e4f'), title: 'Bring the size chart', assignedTo: 'anyone', dueAt: '2026-03-12T10:00:00Z' },
  response: z.object({ id: Id('task') }), errors: ['customer.unknown', 'store.unknown'],
  async write({ transaction, command, workspaceId, storeIds, body }) {
    if (body.assignedTo === 'store' && !body.storeId) throw invalid('task.store', 'Say which store.', 'storeId');
    if (body.assignedTo === 'member' && !body.memberId) throw invalid('task.member', 'Say which member.', 'memberId');
    if (body.memberId && (await findMembership(transaction, body.memberId, workspaceId)) === null) throw invalid('task.member', 'Nobody of this id is a member.', 'memberId');
    if (storeIds !== null && (!body.storeId || !storeIds.includes(body.storeId))) throw new PermanentError('store.notYours', 'A merchant adds tasks of their own stores: say which.');
    return { status: 201, body: { id: formatId('task', (await addTask(command, body)).taskId) } };
  },
});

const close = defineRoute({
  method: 'POST', path: '/tasks/{taskId}/close', noun: 'Tasks', summary: 'Say how a task or call ended, or that nobody answered and when to call again', scope: 'tasks:write', params,
  description: 'The outcome of a call is `reached`, `noAnswer` or `refused`. What is said is an event of the customer, `task.closed` and for calls `call.answered`, that journeys can wait for. With `callAgainAt`, a call that nobody answered stays open until then.',
  body: z.strictObject({ state: z.enum(['done', 'dismissed']).default('done'), outcome: z.string().trim().min(1).max(100).optional(), comment: z.string().trim().max(2_000).optional(), callAgainAt: InstantIn.optional() }),
  example: { state: 'done', outcome: 'reached', comment: 'Comes by on Saturday' }, response: z.object({ state: z.enum(TASK_STATES) }), errors: ['task.unknown', 'task.closed'],
  async write({ transaction, command, engine, afterCommit, storeIds, params: { taskId }, body }) {
    const row = await findTask(transaction, taskId, storeIds);
    if (!row) throw unknown();
    if (row.kind === 'call' && body.state === 'done' && !CALL_OUTCOMES.some((outcome) => outcome === body.outcome)) throw invalid('task.outcome', 'Say how the call ended: reached, noAnswer or refused.', 'outcome');
    if (body.callAgainAt !== undefined && (row.kind !== 'call' || body.outcome !== 'noAnswer')) throw invalid('task.callAgain', 'Only a call that nobody answered is made again.', 'callAgainAt');
    const { state, events } = await closeTask(command, taskId, body, storeIds);
    if (events > 0) afterCommit(engine.hintRouters);
    return { body: { state } };
  },
});

export const taskRoutes = [list, exported, add, get, close];
