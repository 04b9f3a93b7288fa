/** Something that a person has to do for a customer: a task of the staff, or a call to make (§4.3, §4.6). */
import type { Instant } from '#domain/shared/time.ts';

export const TASK_KINDS = ['task', 'call'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** `withdrawn`: the journey that asked for it has ended otherwise than completed before anybody did it. */
export const TASK_STATES = ['open', 'done', 'dismissed', 'withdrawn'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Whose it is: anybody's, the customer's own store's, their adviser's, or one member's. */
export const ASSIGNEES = ['anyone', 'store', 'adviser', 'member'] as const;
export type Assignee = (typeof ASSIGNEES)[number];

/** How a call ended. */
export const CALL_OUTCOMES = ['reached', 'noAnswer', 'refused'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export type PlannedTask = {
  /** `{enrollment}:{node}:{visit}`, or what else there is one of for each task. */
  key: string;
  kind: TaskKind;
  title: string;
  note: string | null;
  assignedTo: Assignee;
  storeId: string | null;
  adviser: string | null;
  memberId: string | null;
  createdAt: Instant;
  dueAt: Instant | null;
  from: { enrollmentId: string; journeyId: string; versionId: string; nodeId: string; visit: number } | null;
  eventId: string | null;
};
