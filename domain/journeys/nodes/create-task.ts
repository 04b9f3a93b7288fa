/** Puts a task for the staff on the list (§4.3): of the customer's store, of their adviser, of a member, or of anyone. Closing it is an event that journeys can wait for. */
import { z } from 'zod';
import { addDuration, Duration } from '#domain/journeys/duration.ts';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';
import { STEP_ROOTS, stepVariables } from '#domain/journeys/step-variables.ts';
import { cutText } from '#domain/shared/cut-text.ts';
import { fillIn, hasStrayBraces, pathsIn } from '#domain/shared/fill-in.ts';
import { ASSIGNEES } from '#domain/tasks/task.ts';

/** The attribute that names a customer's adviser. */
const ADVISER = 'adviser';

export const CreateTaskSettings = z.strictObject({
  title: z.string().min(1).max(200),
  note: z.string().max(2_000).optional(),
  assignedTo: z.enum(ASSIGNEES),
  /** Of whom, when it is a member's: their user id. */
  memberId: z.string().max(100).optional(),
  dueIn: Duration.optional(),
});
export type CreateTaskSettings = z.infer<typeof CreateTaskSettings>;

const roots: readonly string[] = STEP_ROOTS;

export const createTaskNode = defineNodeKind({
  kind: 'createTask',
  family: 'change',
  settings: CreateTaskSettings,
  defaults: (): CreateTaskSettings => ({ title: 'Ring {{ customer.firstName }} up', assignedTo: 'store', dueIn: { amount: 2, unit: 'calendarDays' } }),
  ports: () => ['next'],
  validate: ({ title, note = '', assignedTo, memberId }) => [
    ...(['title', 'note'] as const).flatMap((field) => {
      const template = field === 'title' ? title : note;
      const stranger = pathsIn(template).find((path) => !roots.includes(path.split('.')[0] ?? ''));
      return hasStrayBraces(template) || stranger !== undefined ? [{ code: 'task.variable', message: `Write variables as {{ customer.firstName }}; they begin with ${STEP_ROOTS.join(', ')}.`, path: [field] }] : [];
    }),
    ...(assignedTo === 'member' && !memberId ? [{ code: 'task.noMember', message: 'Choose whose task it is.', path: ['memberId'] }] : []),
  ],
  heldOutPort: 'next',
  waits: false,
  cost: NO_COST,
  step: (input) => {
    const { settings: { title, note, assignedTo, memberId = null, dueIn }, facts, at, enrollment, nodeId, visit, journey } = input;
    const variables = stepVariables(input);
    const adviser = facts.profile.attributes[ADVISER];
    const dueAt = dueIn ? addDuration(at, dueIn, facts.zone) : null;
    return {
      kind: 'go', port: 'next', detail: { task: assignedTo, dueAt },
      effects: [{
        kind: 'createTask',
        task: {
          key: `${enrollment.id}:${nodeId}:${visit}`, kind: 'task', title: cutText(fillIn(title, variables).trim(), 300) || journey.name, note: note === undefined ? null : cutText(fillIn(note, variables), 2_000), assignedTo,
          storeId: facts.profile.storeId ?? null, adviser: typeof adviser === 'string' ? cutText(adviser, 200) : null, memberId: assignedTo === 'member' ? memberId : null, createdAt: at, dueAt,
          from: { enrollmentId: enrollment.id, journeyId: journey.id, versionId: journey.versionId, nodeId, visit }, eventId: null,
        },
      }],
    };
  },
});
